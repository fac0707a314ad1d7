"""Spreadsheets as offices make them."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter

HEAD = ["序号", "责任单位", "工作任务", "配合单位", "完成时限"]


def book(rows: list[list[object]], merged: tuple[tuple[int, int, int, int, object], ...] = (), last: int = 0) -> bytes:
    """A file with one sheet; `last` writes something into that row, so that the sheet reaches so far."""
    out = io.BytesIO()
    file = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, day = file.add_worksheet(), file.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, datetime):
                sheet.write_datetime(at, column, cell, day)
            elif cell is not None:
                sheet.write(at, column, cell)
    for merge in merged:
        sheet.merge_range(*merge)
    if last:
        sheet.write_blank(last, 0, None, file.add_format({"bold": True}))
    file.close()
    return out.getvalue()
