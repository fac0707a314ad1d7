"""Tables of a plan: those with cells, those whose cells were run together, and lists of units with their tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cyberweek.plan.reader import units
from cyberweek.plan.reader.outline import Node, Paragraph, is_page_number, marker_of, sentences, tidy, width_of
from cyberweek.plan.reader.source import Line

_COLUMNS = (
    ("no", r"^(?:序号|编号|No\.?|序)$"),
    ("limit", r"时限|期限|截止|完成时间|完成日期"),
    ("date", r"时间|日期"),
    ("place", r"地点|场所|地址|场地"),
    ("hosts", r"牵头|主办|责任|负责|主责|主管"),
    ("guides", r"指导"),
    ("organisers", r"承办|协办|组织单位|配合|协同|实施|参与单位|参加单位|支持"),
    ("units", r"^单位(?:名称)?$|^(?:部门|单位、部门|部门单位|科室|处室|区县|成员单位|部门名称|单位（部门）)$|单位"),
    ("day", r"主题日"),
    ("name", r"活动名称|^(?:活动|项目|名称|环节|课程|场次|主题|专题|活动项目|活动主题|系列活动)$"),
    ("tasks", r"任务|职责|分工|事项|内容|工作|措施|举措|要求"),
    ("other", r"备注|形式|方式|对象|联系"),
)


@dataclass
class Table:
    """A table: the meaning of its columns, and its rows with the source line of each."""

    columns: list[str]
    rows: list[tuple[list[str], int]] = field(default_factory=list)
    heading: str = ""

    def cell(self, row: list[str], *names: str) -> str:
        """The first filled cell of a row in any of the named columns."""
        found = (row[at] for at, name in enumerate(self.columns) if name in names and at < len(row))
        return next((cell for cell in found if cell), "")

    @property
    def divides_tasks(self) -> bool:
        """Whether it says which unit does what."""
        actors = {"units", "hosts", "organisers"} & set(self.columns)
        return bool(actors) and "tasks" in self.columns and ("name" not in self.columns or "limit" in self.columns)

    @property
    def schedules(self) -> bool:
        """Whether it lists activities or theme days."""
        known = set(self.columns)
        return (
            not self.divides_tasks
            and bool({"name", "day", "tasks"} & known)
            and bool({"date", "place", "hosts", "units"} & known)
        )


@dataclass
class Row:
    """A row of a division of tasks as read."""

    units: list[str]
    tasks: list[str]
    line: int
    limit: str = ""


def column(header: str) -> str | None:
    """What a column heading stands for."""
    bare = re.sub(r"[\s（()）]", "", header)
    if not 1 < len(bare) <= 14:
        return None
    return next((name for name, pattern in _COLUMNS if re.search(pattern, bare)), None)


def header(cells: list[str]) -> list[str] | None:
    """The meanings of a row of column headings; None when it is no such row."""
    filled = [cell for cell in cells if cell.strip()]
    named = [column(cell) for cell in filled]
    if len(filled) < 2 or sum(1 for name in named if name) < max(2, len(filled) - 1):
        return None
    if any(len(cell) > 14 or re.search(r"[。；，]", cell) for cell in filled):
        return None
    return [column(cell) or "other" for cell in cells]


def with_cells(found: list[Paragraph]) -> Iterator[Table]:
    """The tables whose rows have cells."""
    table: Table | None = None
    before = ""
    for paragraph in found:
        if not paragraph.cells:
            if table and not is_page_number(paragraph.text):
                yield table
                table = None
            before = paragraph.text
            continue
        cells = list(paragraph.cells)
        columns = header(cells)
        if columns:
            if table and table.columns == columns:
                continue
            if table:
                yield table
            table = Table(columns, heading=before)
        elif table is not None:
            _add(table, cells, paragraph.line)
    if table:
        yield table


def _add(table: Table, cells: list[str], line: int) -> None:
    """A row without a number or a name carries on the row above it (a page break)."""
    filled = [at for at, cell in enumerate(cells) if cell.strip()]
    if (
        table.rows
        and filled
        and len(filled) < len(cells)
        and not cells[0].strip()
        and len(filled) == 1
        and table.columns[filled[0]] == "tasks"
    ):
        table.rows[-1][0][filled[0]] += cells[filled[0]]
        return
    if filled:
        table.rows.append((cells, line))


def split_tasks(text: str) -> list[str]:
    """The tasks of a cell: one a sentence, one a numbered item."""
    parts = [
        part
        for _, sentence in sentences(text)
        for part in re.split(
            r"(?<=[^\d])(?:\d{1,2}[.、．](?!\d)|[①-⑳]|[（(]\d{1,2}[)）])|^(?:\d{1,2}[.、．](?!\d)|[①-⑳]|[（(]\d{1,2}[)）])",
            sentence,
        )
    ]
    return [task for part in parts if (task := tidy(part).strip(" 。；;、，"))]


def rows_of(table: Table) -> Iterator[Row]:
    """The rows of a table that divides tasks."""
    for cells, line in table.rows:
        names = [
            name
            for at, kind in enumerate(table.columns)
            if kind in ("units", "hosts", "organisers") and at < len(cells)
            for name in units.split(
                re.sub(r"\s*\n\s*|(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])", _glue, cells[at]), trusted=True
            )
        ]
        tasks = [
            task
            for at, kind in enumerate(table.columns)
            if kind in ("tasks", "name") and at < len(cells)
            for task in split_tasks(cells[at])
        ]
        if names or tasks:
            yield Row(list(dict.fromkeys(names)), tasks, line, table.cell(cells, "limit", "date"))


def _glue(match: re.Match[str]) -> str:
    left = match.string[: match.start()]
    return "、" if units.is_unit(re.split(r"[、，\s]", left)[-1]) else ""


_RUN_HEADER = re.compile(
    r"^(?:序号\s+)?(?:单位(?:名称)?|责任单位|部门|牵头单位|责任部门|成员单位)\s+(?:重点|主要|工作|具体)*(?:任务|职责|工作任务|工作|分工|任务分工|内容|任务内容|活动内容)$|^(?:重点|主要|工作)*任务\s+(?:责任单位|单位|牵头单位)$"
)
_TASK_START = re.compile(
    r"^(?:牵头|负责|组织(?!部|人事|处)|开展|制作|做好|承办|协办|协同|协助|配合|举办|指导(?!中心|委|办)|统筹|落实|加强|推动|推进|利用|通过|对(?!外)|在|向|面向|围绕|按照|根据|结合|参与|参加|提供|保障|完成|发布|播放|"
    r"发送|宣传(?!部|处|科|教育)|协调(?!处)|督促|策划|编制|撰写|设立|建设(?!局|银行|委)|安排|召集|收集|汇总|监督|联合(?!会)|动员|引导|普及|征集|审核|具体|印制|悬挂|张贴|发放|聚焦|深入|广泛|积极|认真|主办|实施|集中|依托|设置)"
)


def run_together(lines: list[Line]) -> tuple[list[Row], set[int]]:
    """The division of tasks whose cells lost their borders, with the lines that it covers."""
    start = next(
        (at for at, line in enumerate(lines) if not line.cells and _RUN_HEADER.match(tidy_header(line.text))), None
    )
    if start is None:
        return [], set()
    rows: list[Row] = []
    covered = {lines[start].number}
    state = _Cells(rows)
    for line in lines[start + 1 :]:
        marked = marker_of(line.text)
        if (marked and marked[0] in ("han", "part")) or re.match(r"^附件|^备注[：:]|^注[：:]", line.text):
            break
        covered.add(line.number)
        if line.text and not is_page_number(line.text) and not _RUN_HEADER.match(tidy_header(line.text)):
            state.take(line.text, line.number)
    state.close()
    return rows, covered


def tidy_header(text: str) -> str:
    """Column headings set with spaces between their signs: 单 位  任 务."""
    return re.sub(r"(?<=单) +(?=位)|(?<=任) +(?=务)|(?<=职) +(?=责)|(?<=部) +(?=门)", "", text.strip())


class _Cells:
    """Sorts lines into unit cells and task cells: a task starts with a verb, a unit after a full stop."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows
        self._names: list[str] = []
        self._tasks = ""
        self._line = 0

    def take(self, text: str, line: int) -> None:
        text = re.sub(r"^\d{1,2}[.、]?\s+(?=[\u4e00-\u9fff])", "", text)
        left, right = _across(text)
        if left:
            self._unit(left, line)
            self._task(right)
        elif self._goes_on(text):
            self._task(text)
        else:
            self._unit(text, line)

    def _goes_on(self, text: str) -> bool:
        """Whether a line belongs to a task: the task is not yet finished, or a verb begins it."""
        if self._tasks:
            finished = self._tasks.rstrip()[-1:] in "。；！"
            return not finished or bool(_TASK_START.match(text)) or len(text) > 26 or text.endswith(("。", "；"))
        if not self._names:
            return False
        return bool(_TASK_START.match(text)) and not self._names[-1].endswith("、")

    def _unit(self, text: str, line: int) -> None:
        if self._tasks:
            self.close()
        if not self._names:
            self._line = line
        elif (
            units.is_unit(re.split("、", self._names[-1])[-1])
            and re.match(r"[市县区省各团]", text)
            and not units.is_unit(self._names[-1][-4:] + text[:2])
        ):
            self._names[-1] += "、"
        self._names.append(text)

    def _task(self, text: str) -> None:
        self._tasks += text

    def close(self) -> None:
        names = units.split(tidy("".join(self._names)).replace(" ", ""), trusted=True)
        tasks = split_tasks(tidy(self._tasks))
        if names or tasks:
            self._rows.append(Row(names, tasks, self._line))
        self._names, self._tasks = [], ""


def _across(text: str) -> tuple[str, str]:
    """A line that holds the end of a unit cell and the beginning of a task cell."""
    for match in re.finditer(r"\s+", text):
        left, right = text[: match.start()], text[match.end() :]
        names = units.split(left.replace(" ", ""), trusted=True)
        if names and width_of(left) <= 24 and _TASK_START.match(right) and not re.search(r"[。；]|\d", left):
            return left, right
    return "", ""


_DIVISION = re.compile(r"分工|职责|任务清单|责任清单")


def listed(root: Node) -> Iterator[Row]:
    """The division of tasks written as headings or paragraphs: （一）县教育局：…"""
    for node in root.walk():
        if not _DIVISION.search(node.title):
            continue
        for child in node.children:
            names = units.split(re.sub(r"职责$|负责$", "", child.title))
            if names:
                yield Row(names, split_tasks(child.text()), child.line)
        for paragraph in [
            *node.body,
            *(Paragraph(each.title, each.whole.origins) for each in node.children if each.whole and not each.body),
        ]:
            row = _listed_row(paragraph)
            if row:
                yield row


def _listed_row(paragraph: Paragraph) -> Row | None:
    match = re.match(
        r"(?P<who>[^。；：:，]{2,60}?)(?:[：:]\s*|(?=负责|牵头|组织|承办|做好|协助|配合))(?P<what>.+)",
        paragraph.text,
        re.DOTALL,
    )
    names = units.split(match["who"]) if match and not paragraph.cells else []
    return Row(names, split_tasks(match["what"]), paragraph.line) if match and names else None
