"""The document as LibreOffice renders it: measured, not believed."""

from __future__ import annotations

import io
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pdfplumber
import pytest

from cyberweek.report.documents.docx import write_docx
from cyberweek.report.documents.model import Annex, Document, Heading, Paragraph, Table, chinese, numbered

MM = 72 / 25.4


def document(**changes) -> Document:
    values = {
        "title": "关于示例活动情况的报告",
        "recipient": "示例委员会",
        "blocks": (Heading(1, "总体情况"), Paragraph("网" * 1600), Heading(2, "分项"), Paragraph("正文。")),
        "signed_by": "示例办公室",
        "date": "2026年11月24日",
        "annexes": (Annex("一览表", Table((("序号", 20), ("名称", 60)), (("1", "示例"),))),),
    }
    return Document(**(values | changes))


@pytest.fixture(scope="module")
def rendered(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docx")
    (folder / "a.docx").write_bytes(write_docx(document()))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "a.docx"],
        check=True,
        capture_output=True,
        timeout=180,
    )
    with pdfplumber.open(Path(folder) / "a.pdf") as pdf:
        yield pdf


def lines(page) -> dict[int, list]:
    found: dict[int, list] = {}
    for char in page.chars:
        if char["text"].strip() and char["top"] < 265 * MM:
            found.setdefault(round(char["top"] / 4), []).append(char)
    return found


def test_a_full_page_has_22_lines_of_28_characters(rendered):
    full = lines(rendered.pages[1])

    assert len(full) == 22
    assert Counter(len(each) for each in full.values()).most_common(1) == [(28, 22)]


def test_the_text_stands_within_its_margins(rendered):
    chars = [c for c in rendered.pages[1].chars if c["top"] < 265 * MM]

    assert abs(min(c["x0"] for c in chars) / MM - 28) < 1
    assert abs(max(c["x1"] for c in chars) / MM - (210 - 26)) < 2
    assert 36 < min(c["top"] for c in chars) / MM < 41


def test_page_numbers_stand_outside(rendered):
    feet = [[c for c in page.chars if c["top"] > 265 * MM] for page in rendered.pages[:2]]

    assert ["".join(c["text"] for c in foot).replace(" ", "") for foot in feet] == ["—1—", "—2—"]
    assert min(c["x0"] for c in feet[0]) > 105 * MM > max(c["x1"] for c in feet[1])


def test_the_same_document_has_the_same_bytes():
    assert write_docx(document()) == write_docx(document())


def test_the_fonts_name_what_stands_in_for_them():
    with zipfile.ZipFile(io.BytesIO(write_docx(document()))) as archive:
        table = archive.read("word/fontTable.xml").decode()

    assert 'w:name="仿宋_GB2312"><w:altName' in table


def test_headings_are_numbered_by_the_writer():
    blocks = (
        Heading(1, "a"),
        Heading(2, "b"),
        Heading(2, "c"),
        Heading(1, "d"),
        Heading(2, "e"),
        Heading(3, "f"),
        Paragraph("g"),
    )

    assert [number for _block, number in numbered(blocks)] == ["一、", "（一）", "（二）", "二、", "（一）", "1.", ""]


@pytest.mark.parametrize(("number", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三")])
def test_chinese_numerals(number, said):
    assert chinese(number) == said
