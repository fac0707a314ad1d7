"""The plan reader's front door: `read(data, filename) -> Plan`. Says what the text says and invents nothing."""

from __future__ import annotations

import re

from cyberweek.plan.reader import (
    activities,
    dates,
    days,
    header,
    kinds,
    launch,
    names,
    reporting,
    source,
    stacked,
    tables,
    units,
    watch,
    wording,
)
from cyberweek.plan.reader.activities import Found
from cyberweek.plan.reader.evidence import SeenDay
from cyberweek.plan.reader.outline import Node, Paragraph, paragraphs, sentences, tree
from cyberweek.plan.reader.source import Line
from cyberweek.plan.reader.understood import Activity, Deadline, Launch, Plan, TaskRow, ThemeDay
from cyberweek.plan.reader.unreadable import Unreadable

_TOPIC = re.compile(r"网络安全|网安|信息安全|数据安全|个人信息保护|网络与信息|安全用网|反诈|网络文明|网络素养")
_ACT = re.compile(r"活动|宣传|竞赛|比赛|论坛|培训|讲座|征集|答题|方案|通知|举办|开展")
_NO_PLAN = "请提供网络安全宣传周的方案、通知或报道"


def read(data: bytes, filename: str) -> Plan:
    """Read a plan from the bytes of a .txt, .docx or .pdf; raises Unreadable with the cause and the way out."""
    return read_lines(source.load(data, filename))


def read_lines(lines: list[Line]) -> Plan:
    """Read a plan from its lines."""
    lines = stacked.laid_out([line for line in lines if (not header.noise(line.text) or line.cells) and line.text])
    rows, covered = tables.run_together(lines)
    everything = paragraphs(lines)
    _refuse_other_texts(everything)
    found = [*_outside(lines, covered)]
    title = header.title_of(everything)
    year = header.year_of(title, everything)
    root = tree(_after_title(found, title))
    return _checked(_Reading(title, year, root, everything, rows).plan(lines))


def _outside(lines: list[Line], covered: set[int]) -> list[Paragraph]:
    return paragraphs([line for line in lines if line.number not in covered])


def _after_title(found: list[Paragraph], title: str | None) -> list[Paragraph]:
    return [
        each
        for at, each in enumerate(found)
        if not (at < 6 and title and each.text and each.text.strip(" 。#*") in title)
    ]


def _refuse_other_texts(found: list[Paragraph]) -> None:
    text = "\n".join(each.text for each in found)
    if not re.search(r"[\u4e00-\u9fff]", text):
        raise Unreadable("文件里没有中文文字，不像一份方案", way_out=_NO_PLAN)
    if not _TOPIC.search(text) or not _ACT.search(text):
        raise Unreadable("文字里没有提到网络安全活动，不像一份方案", way_out=_NO_PLAN)
    if len(found) <= 2 and sum(1 for each in found for _ in sentences(each.text)) <= 1:
        raise Unreadable("全文只有一句话，读不出方案", way_out="请提供完整的方案正文")


def _checked(plan: Plan) -> Plan:
    said = (
        plan.start
        or plan.launch.date
        or plan.launch.place
        or plan.activities
        or plan.theme_days
        or plan.task_rows
        or plan.deadlines
    )
    if not said:
        raise Unreadable("没有读到时间、活动、主题日或任务，不像一份方案", way_out=_NO_PLAN)
    return plan


class _Reading:
    """One reading of one text: fills a Plan and notes the lines of each item."""

    def __init__(
        self, title: str | None, year: int | None, root: Node, everything: list[Paragraph], rows: list[tables.Row]
    ) -> None:
        self._year, self._root, self._everything, self._rows = year, root, everything, rows
        self._plan = Plan(title=title)
        self._tables = list(tables.with_cells(everything))

    def plan(self, lines: list[Line]) -> Plan:
        """Read everything; findings are left to the check."""
        evidence = self._plan.evidence
        evidence.source = _by_number(lines)
        watch.observe(self._root, self._everything, year=self._year, into=evidence)
        self._head()
        mentions = [*days.mentions(self._root, self._year), *self._table_days()]
        self._activities(mentions)
        self._days(mentions)
        self._division()
        self._deadlines()
        place, level = header.place_of(self._plan.title, self._everything)
        evidence.place = place
        self._plan.units = names.directory(self._plan, self._everything, place=place, level=level)
        return self._plan

    def _note(self, path: str, lines: list[int] | int | None) -> None:
        found = [lines] if isinstance(lines, int) else lines or []
        if found:
            self._plan.evidence.lines[path] = sorted(set(found))

    def _head(self) -> None:
        plan = self._plan
        self._note(
            "title",
            next(
                (
                    each.lines
                    for each in self._everything[:14]
                    if plan.title and each.text[:6] in plan.title and len(each.text) > 3
                ),
                None,
            ),
        )
        plan.start, plan.end, line = header.week_of(self._root, self._year)
        self._note("start", line)
        self._note("end", line)
        plan.theme, line = header.theme_of(self._root)
        self._note("theme", line)
        plan.launch, found = launch.find(self._root, self._year)
        self._note("launch", found)
        self._from_launch()

    def _from_launch(self) -> None:
        """今日启动，持续至…: the week goes from its opening to the day that is named."""
        plan, opening = self._plan, self._plan.launch.date
        if opening and (plan.start is None or plan.start > opening):
            last, line = header.last_day(self._root, self._year, after=opening)
            if last:
                plan.start, plan.end = opening, last
                self._note("start", self._plan.lines.get("launch", line))
                self._note("end", line)

    def _activities(self, mentions: list[days.Mention]) -> None:
        for at, found in enumerate(self._found(mentions)):
            self._plan.activities.append(found.activity)
            self._note(f"activities[{at}]", found.lines)
            if self._plan.launch == Launch() and launch.NAME.search(found.activity.name):
                self._launch_of(found)

    def _launch_of(self, found: Found) -> None:
        """The opening ceremony that only a schedule tells of."""
        one_day = found.activity.date and "/" not in found.activity.date
        self._plan.launch = Launch(found.activity.date if one_day else None, found.activity.place, [])
        self._note("launch", found.lines)

    def _found(self, mentions: list[days.Mention]) -> list[Found]:
        alone = activities.single_name(self._plan.title)
        if alone:
            return [self._alone(alone)]
        found = [activities.from_node(node, self._year) for node in activities.of_tree(self._root) if not _is_day(node)]
        for each in found:
            self._theme_days(each, mentions)
        listed = [
            each
            for table in self._tables
            if table.schedules
            for each in activities.of_table(table, self._year)
            if not days.names_in(each.activity.name)
        ]
        known = {_bare(each.activity.name): each for each in found}
        for each in listed:
            if twin := known.get(_bare(each.activity.name)):
                _fill(twin.activity, each.activity)
            else:
                found.append(each)
        found = found or activities.of_dated_lines(self._root, self._year)
        return found or ([] if self._root.children else activities.of_sentences(self._root, self._year))

    def _alone(self, name: str) -> Found:
        text = "\n".join(each.text for each in self._root.paragraphs())
        whole = Node(title=name, children=self._root.children, body=self._root.body)
        found = activities.from_text(name, text, no=None, year=self._year, lines=[], node=whole)
        for child in self._root.children:
            activities._from_label(child, found.activity, self._year)  # noqa: SLF001 -- one room, two files
        week = (self._plan.start, self._plan.end)
        if week[0]:
            found.activity.date = week[0] if week[1] in (None, week[0]) else f"{week[0]}/{week[1]}"
        found.lines = self._plan.lines.get("title", [1])
        return found

    def _theme_days(self, found: Found, mentions: list[days.Mention]) -> None:
        """An activity that gathers the theme days lasts from the first to the last; their leads are theirs."""
        if found.activity.kind != "theme-days" or found.node is None:
            return
        inside = set(found.lines)
        seen = sorted(each.date for each in mentions if each.date and each.line in inside and "/" not in each.date)
        found.activity.date = (seen[0] if seen[0] == seen[-1] else f"{seen[0]}/{seen[-1]}") if seen else None
        leads = {name for each in mentions for name in each.leads}
        roles = wording.read(found.node.own_text()) if found.node.children else wording.Roles()
        found.activity.hosts = [name for name in roles.hosts if name not in leads]
        found.activity.organisers = [name for name in roles.organisers if name not in leads]
        found.activity.guides, found.activity.place = [], None

    def _table_days(self) -> list[days.Mention]:
        return [each for table in self._tables for each in days.of_table(table, self._year)]

    def _days(self, mentions: list[days.Mention]) -> None:
        evidence = self._plan.evidence
        for row in self._rows:
            for task in row.tasks:
                mentions += [
                    each._replace(line=row.line, leads=row.units)
                    for each in days.mentions(Node(body=[Paragraph(task, [(0, row.line)])]), self._year)
                ]
        evidence.days = [watch_day for each in mentions if each.date for watch_day in _seen_day(each)]
        for at, (each, lines) in enumerate(days.merge(mentions)):
            self._plan.theme_days.append(ThemeDay(each.date, each.name, each.leads))
            self._note(f"theme_days[{at}]", lines)

    def _division(self) -> None:
        rows = [*self._rows]
        for table in self._tables:
            if table.divides_tasks:
                rows += tables.rows_of(table)
        if not rows:
            rows = list(tables.listed(self._root))
        for at, row in enumerate(rows):
            self._plan.task_rows.append(TaskRow(row.units, units.collective_row(row.units), row.tasks))
            self._note(f"task_rows[{at}]", row.line)
        self._limits = [row for row in rows if row.limit]

    def _deadlines(self) -> None:
        found = list(reporting.deadlines(self._root, self._year))
        for row in self._limits:
            seen = next((each for each in dates.find(row.limit, self._year) if each.start), None)
            if seen:
                found.append((Deadline(seen.last, "；".join(row.tasks) or None, None, []), row.line))
        for at, (deadline, line) in enumerate(found):
            self._plan.deadlines.append(deadline)
            self._note(f"deadlines[{at}]", line)
        self._plan.onward, onward_line = reporting.onward(self._root)
        self._note("onward", onward_line)


def _by_number(lines: list[Line]) -> list[str]:
    """The text of every line at its number; empty where nothing but noise stood."""
    texts = {line.number: line.text for line in lines}
    return [texts.get(number, "") for number in range(1, max(texts, default=0) + 1)]


def _seen_day(each: days.Mention) -> list[SeenDay]:
    return [SeenDay(each.name, each.date, each.line)] if each.date else []


def _is_day(node: Node) -> bool:
    found = days.names_in(node.title)
    return (len(found) == 1 and not re.search(r"主题日活动$|论坛|竞赛", node.title)) or bool(
        len(found) == 1 and kinds.of(node.title) == "theme-days" and found[0] in node.title
    )


def _bare(name: str) -> str:
    return re.sub(r"活动|网络安全|[“”\s]", "", name)


def _fill(activity: Activity, other: Activity) -> None:
    """Take from the schedule what the running text leaves open."""
    activity.date, activity.place = activity.date or other.date, activity.place or other.place
    for role in ("hosts", "guides", "organisers"):
        setattr(activity, role, getattr(activity, role) or getattr(other, role))
