"""The theme days of a plan: from headings, sentences and table rows, merged by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from cyberweek.plan.reader import dates, units, wording
from cyberweek.plan.reader.activities import DAY, NOT_DAY
from cyberweek.plan.reader.outline import Node, Paragraph, sentences
from cyberweek.plan.reader.tables import Table


class Mention(NamedTuple):
    """A theme day as one place of the text speaks of it."""

    name: str
    date: str | None
    leads: list[str]
    line: int


def names_in(text: str) -> list[str]:
    """The theme days that a text names, without quotation marks."""
    found = [match["name"].strip('“”"') for match in DAY.finditer(text)]
    return [
        re.sub(r"^(?:安排|开展|包括|举办|以及|和|设置|组织)", "", name) for name in found if not NOT_DAY.search(name)
    ]


def mentions(root: Node, year: int | None) -> Iterator[Mention]:
    """Every mention of a theme day, in the order of the text."""
    for node in root.walk():
        titled = names_in(node.title)
        if len(titled) == 1 and node.whole and len(node.title) <= 40:
            yield _from_node(node, titled[0], year)
            continue
        for paragraph in [
            *([Paragraph(node.title, node.whole.origins)] if node.whole and node.title else []),
            *node.body,
        ]:
            yield from _from_paragraph(paragraph, year)


def _from_node(node: Node, name: str, year: int | None) -> Mention:
    text = f"{node.title}\n{node.text()}"
    seen = [each for each in dates.find(text, year) if each.start and not each.before and not each.vague]
    roles = wording.read(
        node.text()
        if not re.search("由|牵头|[（(]", node.title)
        else re.sub(r"[（(](?=[^）)]*(?:单位|部门|牵头))", "\n（", text)
    )
    leads = roles.hosts or roles.organisers
    return Mention(name, seen[0].iso if seen else None, leads or _bracketed(node.title), node.line)


def _bracketed(title: str) -> list[str]:
    for inner in re.findall(r"[（(]([^（）()]+)[)）]", title):
        for part in re.split(r"[，,；;]", inner):
            if names := units.split(re.sub(r"(?:牵头|负责|主办)$", "", part.removeprefix("由"))):
                return names
    return []


def _from_paragraph(paragraph: Paragraph, year: int | None) -> Iterator[Mention]:
    if paragraph.cells:
        return
    month = next((each.month for each in dates.find(paragraph.text, year) if each.month), None)
    for offset, sentence in sentences(paragraph.text):
        for piece in _pieces(sentence):
            yield from _from_piece(
                piece, year=year, month=month, line=paragraph.line_at(offset + max(sentence.find(piece), 0))
            )


def _pieces(sentence: str) -> list[str]:
    """A sentence that gives several days one date each falls into pieces: 12日校园日、13日电信日."""
    if len(names_in(sentence)) < 2:
        return [sentence]
    cuts = [
        match.start()
        for match in re.finditer(
            r"(?<=[，；、,;：:])(?=(?:其中|\s)*(?:\d{1,2}月)?\d{1,2}日)|(?<=[，；,;])(?=[^，；,;]{2,40}(?:牵头|主办|负责))",
            sentence,
        )
    ]
    return [sentence[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(sentence)], strict=True)]


def _from_piece(piece: str, *, year: int | None, month: int | None, line: int) -> Iterator[Mention]:
    names = list(dict.fromkeys(names_in(piece)))
    seen = [each for each in dates.find(piece, year, month=month) if each.start and not each.vague and not each.before]
    own = [each for each in seen if each.end in (None, each.start)]
    if len(names) == 1:
        roles = (
            wording.read(piece) if re.search("牵头|主办|组织|举办|负责|开展|单位|部门|承办", piece) else wording.Roles()
        )
        day = own[0].iso if len(own) == 1 or (own and own[0].at < piece.find(names[0]) + 40) else None
        yield Mention(
            names[0], day, roles.hosts or [each for each in roles.organisers if not units.is_collective(each)], line
        )
        return
    given = [each.iso for each in own] if len(own) == len(names) else _one_each(piece, seen, len(names))
    for name, day in zip(names, given or [None] * len(names), strict=True):
        yield Mention(name, day, [], line)


def _one_each(piece: str, seen: list[dates.Dated], count: int) -> list[str | None]:
    """12日至17日分别为…: as many days as there are names, one each in their order; else nothing."""
    ranges = [each for each in seen if each.start and each.end]
    if len(ranges) != 1 or not re.search("分别|依次", piece):
        return []
    first, last = (date.fromisoformat(day or "") for day in (ranges[0].start, ranges[0].end))
    if (last - first).days + 1 != count:
        return []
    return [(first + timedelta(days=at)).isoformat() for at in range(count)]


def of_table(table: Table, year: int | None) -> Iterator[Mention]:
    """The theme days that the rows of a schedule list."""
    for cells, line in table.rows:
        for at, cell in enumerate(cells):
            names = names_in(f"“{cell}”" if cell.endswith("日") else cell)
            if len(names) != 1 or (at < len(table.columns) and table.columns[at] in ("date", "no")):
                continue
            seen = [
                each for each in dates.find(table.cell(cells, "date", "limit") or " ".join(cells), year) if each.start
            ]
            leads = units.split(table.cell(cells, "hosts", "units", "organisers").replace(" ", "、"), trusted=True)
            yield Mention(names[0], seen[0].iso if seen else None, leads, line)
            break


def merge(found: list[Mention]) -> list[tuple[Mention, list[int]]]:
    """One day per name; the first mention that says something wins."""
    merged: dict[str, tuple[Mention, list[int]]] = {}
    for each in found:
        name = _plain(each.name)
        have, lines = merged.get(name, (None, []))
        better = each if have is None else have._replace(date=have.date or each.date, leads=have.leads or each.leads)
        merged[name] = (better, [*lines, each.line])
    listed = list(merged.values())
    return (
        sorted(listed, key=lambda value: value[0].date or "9999") if all(value[0].date for value in listed) else listed
    )


def _plain(name: str) -> str:
    return re.sub(r"(?:主题|宣传|活动)日$", "日", name)
