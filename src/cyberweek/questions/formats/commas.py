"""A bank as text with separators: commas, tabs or semicolons, as Excel, WPS and scripts write it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from cyberweek.kernel.text import mark
from cyberweek.questions.draft import Fault, QuestionDraft
from cyberweek.questions.formats.decoding import text_in
from cyberweek.questions.formats.outcome import Outcome, Place, Unreadable
from cyberweek.questions.formats.table import HEAD, Row, has_header, read_rows, rows_of

_APART = ",\t;"
_POWER = re.compile(r"\d(?:\.\d+)?[Ee]\+\d{1,3}")
_RISKY = re.compile(rf"'*(?:[=+\-@]|{_POWER.pattern}$)")  # what a spreadsheet would run or round
_HELD = re.compile(f"'{_RISKY.pattern}")  # an apostrophe keeps it from doing so


def read(data: bytes) -> Iterator[Outcome]:
    text = text_in(data).replace("\0", "")
    apart = next((each for each in _APART if has_header(_rows(text, each, HEAD))), None)
    if apart is None:
        raise Unreadable(mark("没有找到表头"), mark("第一行请写“题干”“选项A”“正确答案”这样的列名"))
    yield from read_rows(_rows(text, apart))


def can_read(text: str) -> bool:
    """True when the first lines hold a header row."""
    try:
        return any(has_header(_rows(text[:20_000], each, HEAD)) for each in _APART)
    except Unreadable:
        return False


def write(drafts: Sequence[QuestionDraft]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_held(cell) for cell in row] for row in rows_of(drafts))
    return out.getvalue().encode("utf-8-sig")


def _rows(text: str, apart: str, most: int = 0) -> list[Row]:
    rows = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=apart), 1):
            rows.append(Row(Place(number, "row"), tuple(map(_bare, cells)), _spoilt(cells)))
            if number == most:
                break
    except csv.Error:
        raise Unreadable(
            mark("有一格超过 13 万字，或引号没有成对"), mark("请用表格软件打开检查，另存为 .xlsx")
        ) from None
    return rows


def _spoilt(cells: Sequence[str]) -> dict[int, Fault]:
    """Long numbers that a spreadsheet has already rounded."""
    return {
        column: Fault("", mark("长数字变成了“%(said)s”"), mark("请把这一格设为文本格式后重填"), {"said": cell})
        for column, cell in enumerate(cells)
        if _POWER.fullmatch(cell.strip())
    }


def _held(cell: str) -> str:
    return f"'{cell}" if _RISKY.match(cell) else cell


def _bare(cell: str) -> str:
    return cell[1:] if _HELD.match(cell) else cell
