"""Workbooks as bytes, with what people do to them."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import xlsxwriter


def workbook(
    rows: Sequence[Sequence[object]],
    *,
    merged: Sequence[tuple[int, int, int, int]] = (),
    painted_to: int = 0,
    at: Mapping[tuple[int, int], str] | None = None,
) -> bytes:
    """An .xlsx of one sheet; `painted_to` colours an empty cell in every row down to there."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, colour = book.add_worksheet(), book.add_format({"bg_color": "yellow"})
    for number, cells in enumerate(rows):
        sheet.write_row(number, 0, cells)
    for top, left, bottom, right in merged:
        sheet.merge_range(top, left, bottom, right, rows[top][left])
        for number in range(top, bottom + 1):
            for column, cell in enumerate(rows[number]):
                if cell and not left <= column <= right:
                    sheet.write(number, column, cell)
    for place, text in (at or {}).items():
        sheet.write(*place, text)
    for number in range(len(rows), painted_to):
        sheet.write_blank(number, 0, None, colour)
    book.close()
    return out.getvalue()
