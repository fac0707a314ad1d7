"""Write tables as .xlsx. Text is text: nothing that somebody typed becomes a formula."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import xlsxwriter

from cyberweek.report.documents.docx import repack


@dataclass(frozen=True, slots=True)
class Sheet:
    """Columns are (title, width in characters); a cell is text or a whole number."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: Sequence[Sequence[object]]


def write_xlsx(sheets: tuple[Sheet, ...]) -> bytes:
    """The file; the same sheets give the same bytes."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- the format has no zone
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    number = book.add_format({"num_format": "#,##0"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        page.set_landscape()
        for column, (title, width) in enumerate(sheet.columns):
            page.set_column(column, column, width)
            page.write_string(0, column, title, head)
        for line, row in enumerate(sheet.rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    page.write_number(line, column, value, number)
                else:
                    page.write_string(line, column, value, text)
        if sheet.rows:
            page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    book.close()
    return repack(out.getvalue())
