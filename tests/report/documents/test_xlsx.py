"""Tables."""

from __future__ import annotations

import io
import zipfile

from cyberweek.report.documents.xlsx import Sheet, write_xlsx


def sheet() -> Sheet:
    return Sheet("数字", (("指标", 20), ("数值", 10)), (("=1+1", 42),))


def test_the_same_sheets_have_the_same_bytes():
    assert write_xlsx((sheet(),)) == write_xlsx((sheet(),))


def test_text_never_becomes_a_formula():
    with zipfile.ZipFile(io.BytesIO(write_xlsx((sheet(),)))) as archive:
        page, strings = archive.read("xl/worksheets/sheet1.xml").decode(), archive.read("xl/sharedStrings.xml").decode()

    assert "<f>" not in page
    assert "=1+1" in strings
    assert "<v>42</v>" in page
