"""A bank as a workbook of Excel or WPS (.xlsx): every sheet that has a header row, in the order of the book."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from cyberweek.kernel.text import mark
from cyberweek.questions.draft import Fault, QuestionDraft
from cyberweek.questions.formats import archive, cells, spelling
from cyberweek.questions.formats.outcome import Outcome, Place, Remark, Unreadable
from cyberweek.questions.formats.table import Row, has_header, read_rows, rows_of

_WIDTHS = {"题干": 60, "解析": 60, "出处": 30, "法律依据": 40}
_EXACT = 10**15  # a spreadsheet keeps fifteen digits


def read(data: bytes) -> Iterator[Outcome]:
    with archive.opened(data) as opened:
        sheets = cells.sheets_in(opened)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        kept = [each for each in book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        tables = [(each, _rows(book, each.name, sheets.get(each.name))) for each in kept]
    except CalamineError:
        raise Unreadable(mark("工作簿已损坏，读不完"), mark("请用 Excel 或 WPS 重新另存为 .xlsx")) from None
    if not any(has_header(rows) for each, rows in tables if each.visible == SheetVisibleEnum.Visible):
        raise Unreadable(mark("没有找到表头"), mark("第一行请写“题干”“选项A”“正确答案”这样的列名"))
    for each, rows in tables:
        yield from _sheet(each.name, rows, is_hidden=each.visible != SheetVisibleEnum.Visible)


def write(drafts: Sequence[QuestionDraft]) -> bytes:
    """Every cell is text: nothing that somebody typed becomes a formula or a link."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- the format has no zone
    page = book.add_worksheet("题库")
    head = book.add_format({"bold": True, "bottom": 1, "num_format": "@"})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    page.freeze_panes(1, 0)
    for line, row in enumerate(rows_of(drafts)):
        for column, value in enumerate(row):
            page.write_string(line, column, value, text if line else head)
            if not line:
                page.set_column(column, column, _WIDTHS.get(value, 14), text)
    book.close()
    return out.getvalue()


def _sheet(name: str, rows: Sequence[Row], *, is_hidden: bool) -> Iterator[Outcome]:
    at = Place(1, "row", name)
    if is_hidden and rows:
        yield Remark(at, Fault("", mark("工作表是隐藏的，没有读"), mark("需要的话请取消隐藏")))
    elif not is_hidden and has_header(rows):
        yield from read_rows(rows, name if spelling.kind_of(name) else "")
    elif not is_hidden and any(any(row.cells) for row in rows):
        yield Remark(at, Fault("", mark("工作表里没有表头，没有读"), mark("需要的话请加上“题干”“正确答案”这样的列名")))


def _rows(book: CalamineWorkbook, name: str, known: cells.Sheet | None) -> list[Row]:
    if known is None or not known.is_filled:
        return []
    sheet = book.get_sheet_by_name(name)
    values = sheet.to_python(skip_empty_area=False)
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or []:
        for column in range(left, min(right + 1, known.width)):
            for line in range(top + 1, min(bottom + 1, len(values))):
                values[line][column] = values[top][column]
    return [_row(Place(number, "row", name), line, known) for number, line in enumerate(values, 1)]


class _Cell(NamedTuple):
    text: str
    fault: Fault | None = None


def _row(at: Place, values: Sequence[Any], known: cells.Sheet) -> Row:
    taken = [_cell(value) for value in values]
    faults = {column: each.fault for column, each in enumerate(taken) if each.fault is not None}
    for column in known.formulas.get(at.number, ()):
        coordinate = {"cell": cells.name_of(column, at.number)}
        faults[column] = Fault("", mark("%(cell)s 格是公式"), mark("请改成文字：复制后选择性粘贴为数值"), coordinate)
    return Row(at, tuple(each.text for each in taken), faults)


def _cell(value: Any) -> _Cell:
    if isinstance(value, str):
        return _Cell(value)
    if isinstance(value, bool):
        return _Cell("TRUE" if value else "FALSE")
    if isinstance(value, int | float):
        return _number(value)
    said = value.isoformat()[:10] if isinstance(value, date) else str(value)
    way_out = mark("请把这一格设为文本格式后重填")
    return _Cell(said, Fault("date", mark("表格软件把这一格变成了日期或时间 %(said)s"), way_out, {"said": said}))


def _number(value: float) -> _Cell:
    """A number as its digits: 110 stays 110. What has lost digits is refused."""
    if abs(value) >= _EXACT:
        return _Cell(
            str(value), Fault("", mark("长数字超过 15 位，后面的数字已经丢了"), mark("请把这一格设为文本格式后重填"))
        )
    return _Cell(str(int(value)) if float(value).is_integer() else f"{value:.15g}")
