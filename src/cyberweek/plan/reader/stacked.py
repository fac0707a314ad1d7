"""Tables whose cells came out of a file one under the other: each row is given its cells back."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cyberweek.plan.reader.outline import is_page_number, marker_of
from cyberweek.plan.reader.source import Line
from cyberweek.plan.reader.tables import column

_FEWEST = 3  # columns; two single lines are too easily something else
_MOST = 7
_ACTORS = {"units", "hosts", "organisers"}


def laid_out(lines: list[Line]) -> list[Line]:
    """The same lines, with every stacked table as rows of cells. A table has a column of numbers that counts its rows."""
    for start in range(len(lines)):
        columns = _headings(lines, start)
        if columns:
            end, rows = _rows(lines, start + len(columns), len(columns))
            if rows:
                head = _row([line.text for line in columns], lines[start])
                return [*lines[:start], head, *rows, *laid_out(lines[end:])]
    return lines


def _headings(lines: list[Line], start: int) -> list[Line]:
    """The column headings that stand one under the other from a line on: a number, an actor and what it does."""
    if lines[start].cells or column(lines[start].text) != "no":
        return []
    found = [lines[start]]
    for line in lines[start + 1 : start + _MOST]:
        if line.cells or len(line.text) > 10 or column(line.text) is None:
            break
        found.append(line)
    meant = {column(line.text) for line in found}
    return found if len(found) >= _FEWEST and meant & _ACTORS and meant & {"tasks", "name"} else []


def _rows(lines: list[Line], start: int, width: int) -> tuple[int, list[Line]]:
    """The rows from a line on, and where they end: each begins with the next number and has as many cells as there are columns."""
    rows: list[Line] = []
    at = start
    while at < len(lines) and _number(lines[at]) == len(rows) + 1:
        cells = list(_cells(lines, at, width, len(rows) + 2))
        if len(cells) < width:
            break
        rows.append(_row(_joined([line.text for line in cells], width), lines[at]))
        at += len(cells)
        at = next(
            (each for each in range(at, len(lines)) if not is_page_number(lines[each].text) or _number(lines[each])), at
        )
    return at, rows


def _cells(lines: list[Line], start: int, width: int, following: int) -> Iterator[Line]:
    """The lines of one row: up to the next number, or for the last row no more than it has columns."""
    stop = next(
        (at for at in range(start + width, min(start + 4 * width, len(lines))) if _number(lines[at]) == following), None
    )
    for line in lines[start : stop or start + width]:
        if line.cells or (stop is None and marker_of(line.text) and line is not lines[start]):
            return
        if line is lines[start] or not is_page_number(line.text):
            yield line


def _joined(cells: list[str], width: int) -> list[str]:
    """A cell that was broken over several lines: the longest lines carry on."""
    while len(cells) > width:
        at = max(range(1, len(cells) - 1), key=lambda place: len(cells[place]))
        cells[at : at + 2] = [cells[at] + cells[at + 1]]
    return cells


def _number(line: Line) -> int | None:
    return int(line.text) if not line.cells and re.fullmatch(r"\d{1,3}", line.text) else None


def _row(cells: list[str], first: Line) -> Line:
    return Line(first.number, " ".join(cells), tuple(cells), first.page)
