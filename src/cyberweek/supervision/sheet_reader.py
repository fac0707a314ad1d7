"""Read a division of tasks from a spreadsheet: any sheet with a task and a unit column, merged cells and blanks included.

Pure: knows no unit and no campaign. What a cell means is decided by its column's title; a merged cell counts for all its rows.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

MAX_BYTES = 5_000_000
MAX_UNPACKED = 300_000_000
MAX_ROWS = 2_000
BLANK = 1_000  # so many empty rows in a row, and nothing more is looked for
HEAD = 30  # rows in which the titles of the columns are looked for
TITLES = (
    ("no", r"序号|编号|No\.?"),
    ("support", r"配合|协办|协同|支持单位|[Ss]upport"),
    ("lead", r"责任单位|牵头|主办|责任部门|承办单位|单位|部门|[Uu]nit"),
    ("part", r"分工|角色|[Pp]art"),
    ("due", r"期限|时限|完成时间|截止|[Dd]ue"),
    ("kind", r"任务类型|类型|[Kk]ind"),
    ("task", r"任务|工作内容|重点工作|事项|内容|[Tt]ask"),
)
_DAY = re.compile(r"(?:(20\d\d)\s*[年./-]\s*)?(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")
_BETWEEN = re.compile(r"[、，,；;\n/]+")
_SUPPORTS = re.compile(r"配合|协办|[Ss]upport")
Cell = object


class BadSheet(Exception):
    """Raised for a file that holds no division of tasks; `reason` is too-big, not-a-sheet, no-columns, empty or too-many."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row as it was understood. `row` is its number in the sheet; `day_text` is a due day that could not be read."""

    row: int
    task: str
    lead: tuple[str, ...]
    support: tuple[str, ...] = ()
    due: date | None = None
    day_text: str = ""
    kind: str = ""


def read(data: bytes, *, year: int) -> list[SheetRow]:
    """The rows of the first sheet that has the columns. `year` is meant by a day without one. Raises BadSheet."""
    for sheet in _sheets(data):
        grid = _grid(sheet)
        head = next((at for at, (_no, cells) in enumerate(grid[:HEAD]) if _columns(cells)), None)
        if head is None:
            continue
        columns = _columns(grid[head][1])
        rows = [_row(no, cells, columns, year) for no, cells in grid[head + 1 :]]
        found = [each for each in rows if each.task or each.lead or each.support]
        if not found:
            raise BadSheet("empty")
        return found
    raise BadSheet("no-columns")


def _sheets(data: bytes) -> Iterator[CalamineSheet]:
    if len(data) > MAX_BYTES:
        raise BadSheet("too-big")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MAX_UNPACKED:
                raise BadSheet("too-big")
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (zipfile.BadZipFile, CalamineError, OSError, ValueError):
        raise BadSheet("not-a-sheet") from None
    for name in book.sheet_names:
        try:
            yield book.get_sheet_by_name(name)
        except (CalamineError, ValueError):
            raise BadSheet("not-a-sheet") from None


def _grid(sheet: CalamineSheet) -> list[tuple[int, list[Cell]]]:
    """The rows that hold something, each with its number, with merged cells filled; ends after many blanks."""
    first = (sheet.start or (0, 0))[0]
    rows: dict[int, list[Cell]] = {}
    blank = 0
    for at, cells in enumerate(sheet.iter_rows(), first):
        if any(cell not in ("", None) for cell in cells):
            rows[at], blank = list(cells), 0
        else:
            blank += 1
        if blank >= BLANK:
            break
        if len(rows) > MAX_ROWS:
            raise BadSheet("too-many")
    _fill(rows, sheet)
    return [(at + 1, cells) for at, cells in rows.items()]


def _fill(rows: dict[int, list[Cell]], sheet: CalamineSheet) -> None:
    left = (sheet.start or (0, 0))[1]
    for (top, begin), (bottom, end) in sheet.merged_cell_ranges or ():
        if top not in rows:
            continue
        value = rows[top][begin - left] if 0 <= begin - left < len(rows[top]) else ""
        for at in range(top, min(bottom, top + MAX_ROWS) + 1):
            for column in range(begin - left, end - left + 1):
                if at in rows and 0 <= column < len(rows[at]):
                    rows[at][column] = value


def _columns(cells: Sequence[Cell]) -> dict[str, int]:
    """Which column is what, when the row is one of titles; the first that fits a title counts."""
    found: dict[str, int] = {}
    for at, cell in enumerate(cells):
        title = re.sub(r"\s", "", str(cell or ""))
        name = next((name for name, pattern in TITLES if len(title) < 20 and re.search(pattern, title)), None)  # noqa: PLR2004 -- longer is no title
        if name:
            found.setdefault(name, at)
    return found if {"task", "lead"} <= set(found) else {}


def _row(no: int, cells: Sequence[Cell], columns: dict[str, int], year: int) -> SheetRow:
    def cell(name: str) -> Cell:
        at = columns.get(name, -1)
        return cells[at] if 0 <= at < len(cells) else ""

    task = re.sub(r"\s+", " ", str(cell("task") or "")).strip()
    lead, support = _names(cell("lead")), _names(cell("support"))
    if _SUPPORTS.search(str(cell("part") or "")):
        lead, support = (), tuple(dict.fromkeys((*lead, *support)))
    due = _day(cell("due"), year)
    day_text = "" if due or cell("due") in ("", None) else str(cell("due"))
    return SheetRow(
        no,
        task,
        lead,
        tuple(each for each in support if each not in lead),
        due,
        day_text,
        str(cell("kind") or "").strip(),
    )


def _names(cell: Cell) -> tuple[str, ...]:
    """The units of a cell, each once."""
    return tuple(dict.fromkeys(_stripped(_BETWEEN.split(str(cell or "")))))


def _stripped(parts: Iterable[str]) -> Iterator[str]:
    return (each for part in parts if (each := re.sub(r"\s", "", part)))


def _day(cell: Cell, year: int) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    found = _DAY.search(str(cell or ""))
    if found is None:
        return None
    try:
        return date(int(found[1] or year), int(found[2]), int(found[3]))
    except ValueError:
        return None
