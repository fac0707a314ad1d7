"""Hostile files cost a bounded amount of time and memory, and are answered with one cause and one way out."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable

import msgspec
import pytest
import xlsxwriter

from cyberweek.questions.formats import confined
from cyberweek.questions.formats.confined import MOST_BYTES, MOST_QUESTIONS, Reading
from cyberweek.questions.formats.outcome import Found, Unreadable

MB = 1024 * 1024
SECONDS, MEMORY = 10, 256 * MB  # on a busy machine; the limits of the process are 20 s and 768 MB of addresses
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def workbook(sheet: str, shared: str = "<sst/>", *, head: str = "") -> bytes:
    """A workbook of one sheet whose XML is as given."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": RELS.format(f'<Relationship Id="r1" Type="{TYPE}officeDocument" Target="xl/workbook.xml"/>'),
        "xl/workbook.xml": f'{head}<workbook {MAIN}><sheets><sheet name="题" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": RELS.format(
            f'<Relationship Id="r1" Type="{TYPE}worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{TYPE}sharedStrings" Target="sharedStrings.xml"/>'
        ),
        "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}>{sheet}</worksheet>",
        "xl/sharedStrings.xml": shared,
    }
    return zipped(parts)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def cells(*texts: str, row: int = 1, column: str = "A") -> str:
    inner = "".join(
        f'<c r="{chr(ord(column) + place)}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for place, text in enumerate(texts)
    )
    return f'<row r="{row}">{inner}</row>'


HEAD = cells("题干", "A", "B", "答案")
ROW = cells("哪个对？", "甲", "乙", "A", row=2)
EMPTY_ROWS = "".join(f'<row r="{number}" s="1"/>' for number in range(3, 500_000))
FILLED_ROWS = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 480_001))
LAUGHS = '<!DOCTYPE q [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈">{}]>'.format(
    "".join(f'<!ENTITY {after} "{10 * f"&{before};"}">' for before, after in zip("abcdefghi", "bcdefghij", strict=True))
)


def lying() -> bytes:
    """A sheet that says in the directory that it is small."""
    data = bytearray(workbook(f"<sheetData>{HEAD}{' ' * (60 * MB)}</sheetData>"))
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(data)


BOMBS: dict[str, Callable[[], tuple[bytes, str]]] = {
    "laughs.xml": lambda: (f'<?xml version="1.0"?>{LAUGHS}<quiz>&j;</quiz>'.encode(), "文件里有实体或文档类型声明"),
    "outside.xml": lambda: (
        b'<?xml version="1.0"?><!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]><quiz>&x;</quiz>',
        "文件里有实体或文档类型声明",
    ),
    "deep.xml": lambda: (b"<quiz>" + b"<a>" * 2_000_000, "XML 写错了，读不完"),
    "entities.xlsx": lambda: (workbook(f"<sheetData>{HEAD}</sheetData>", head=LAUGHS), "文件里有实体或文档类型声明"),
    "sheet-entities.xlsx": lambda: (
        zipped_like(workbook(""), "xl/worksheets/sheet1.xml", f"{LAUGHS}<worksheet>&j;</worksheet>"),
        "文件里有实体或文档类型声明",
    ),
    "bomb.xlsx": lambda: (workbook(f"<sheetData>{HEAD}{' ' * (300 * MB)}</sheetData>"), "文件解压后太大"),
    "cell.xlsx": lambda: (
        workbook(f"<sheetData>{HEAD}{ROW}</sheetData>", f"<sst><si><t>{'字' * (34 * MB)}</t></si></sst>"),
        "文件解压后太大",
    ),
    "lying.xlsx": lambda: (lying(), "压缩结构已损坏，打不开"),
    "far.xlsx": lambda: (
        workbook(f'<sheetData>{HEAD}{ROW}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'),
        "工作表太大：有内容的格子一直到 %(cell)s",
    ),
    "filled.xlsx": lambda: (
        workbook(f"<sheetData>{FILLED_ROWS}</sheetData>"),
        "工作表太大：有内容的格子一直到 %(cell)s",
    ),
    "parts.xlsx": lambda: (
        zipped({"xl/workbook.xml": "<a/>"} | {f"xl/media/{n}": "" for n in range(3_000)}), "文件解压后太大",
    ),
    "broken.xlsx": lambda: (b"PK\x03\x04" + b"xl/workbook.xml" * 99, "压缩结构已损坏，打不开"),
    "bomb.docx": lambda: (
        zipped({"word/document.xml": b"<w:document>" + b" " * (300 * MB)}), "这份 Word 文件读不了：%(why)s",
    ),
    "cell.csv": lambda: (
        '题干,A,B,答案\n"'.encode() + "字".encode() * (6 * MB) + b'",a,b,A', "有一格超过 13 万字，或引号没有成对",
    ),
    "huge.csv": lambda: (b"x" * (MOST_BYTES + 1), "文件超过 %(limit)s MB"),
    "rows.csv": lambda: ("题干,A,B,答案\n".encode() + "哪个对？,甲,乙,A\n".encode() * 200_000, "题目超过 %(limit)s 道"),
    "empty.txt": lambda: (b"\xef\xbb\xbf \r\n\0", "文件是空的"),
    "noise.txt": lambda: (bytes(range(256)) * 4_000, "文件不是文字，或编码认不出"),
    "old.xls": lambda: (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 9, "文件设有密码，或是旧版格式（.xls、.doc、.et、.wps）"),
    "plan.pdf": lambda: (b"%PDF-1.7\n", "文件是 PDF 或压缩包"),
}  # fmt: skip
ODD = {
    "spaces.txt": "1. 一" + " " * 200_000 + "\n答案：A",
    "brackets.txt": "【" * 100_000 + "\n" + "（" * 100_000,
    "letters.txt": "1. 哪个\nA. " + " B" * 100_000 + "\n答案：A",
    "digits.txt": "1" * 300_000 + "\n" + "1、" * 100_000,
    "answers.txt": "（A" * 80_000,
    "keys.txt": "1. 一\n2. 二\n参考答案\n" + "1-" * 150_000 + "\n" + "1 " * 150_000,
    "lines.txt": "\n".join(f"第{n}行" for n in range(200_000)),
    "braces.gift": "{" * 200_000 + "\\" * 200_001 + "}",
    "weights.gift": "::a::b{" + "~%" * 100_000 + "}",
    "tags.gift": "// " + "[tag:" * 60_000 + "\n::a::b{=a ~b}",
    "blanks.csv": "题干,A,B,答案\n" + "," * 200_000 + "\n" + '"' * 50_001,
    "aiken.txt": "\n".join(["A. x"] * 100_000) + "\nANSWER: A",
    "html.xml": "<quiz><question type='multichoice'><questiontext format='html'><text>"
    + "&lt;p" * 200_000 + "</text></questiontext></question></quiz>",
}  # fmt: skip


def zipped_like(data: bytes, name: str, text: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({each: archive.read(each) for each in archive.namelist()} | {name: text})


LAUNCH = """
import resource, subprocess, sys
with open(sys.argv[1], 'rb') as file:
    done = subprocess.run([sys.executable, '-m', 'cyberweek.questions.formats.confined', sys.argv[2]], stdin=file, stdout=-1)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.stdout.flush()
sys.stdout.buffer.write(done.stdout)
"""


def cost(data: bytes, name: str) -> tuple[Reading | None, float, int]:
    """What the process says, its seconds and its largest memory; a small process starts it, whose own memory counts little."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(each for each in sys.path if each)}
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        began = time.monotonic()
        command = [sys.executable, "-c", LAUNCH, file.name, name]
        done = subprocess.run(command, capture_output=True, env=environment, check=True)
    largest, _, said = done.stdout.partition(b"\n")
    return (msgspec.json.decode(said, type=Reading) if said else None), time.monotonic() - began, int(largest) * 1024


@pytest.mark.parametrize("name", BOMBS)
def test_a_hostile_file_is_refused_within_bounds(name: str):
    data, cause = BOMBS[name]()
    if len(data) <= MOST_BYTES:
        reading, seconds, memory = cost(data, name)
        assert reading is not None
        assert reading.outcomes == ()
        assert seconds < SECONDS
        assert memory < MEMORY

    with pytest.raises(Unreadable) as error:
        confined.read(data, name)

    assert error.value.fault.cause == cause
    assert error.value.fault.way_out


@pytest.mark.parametrize("name", ODD)
def test_an_odd_text_is_read_within_bounds(name: str):
    reading, seconds, memory = cost(ODD[name].encode(), name)

    assert reading is not None
    assert seconds < SECONDS
    assert memory < MEMORY


@pytest.mark.parametrize(
    "sheet",
    [
        f'<dimension ref="A1:XFD1048576"/><sheetData>{HEAD}{ROW}</sheetData>',
        f"<sheetData>{HEAD}{ROW}{EMPTY_ROWS}</sheetData>",
        f'<sheetData>{HEAD}{ROW}<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>',
    ],
    ids=["claimed", "rows", "formatted"],
)
def test_a_sheet_that_only_claims_a_million_rows_is_read(sheet: str):
    reading, seconds, memory = cost(workbook(sheet), "claims.xlsx")

    assert reading is not None
    assert [type(each) for each in reading.outcomes] == [Found]
    assert seconds < SECONDS
    assert memory < MEMORY


def test_a_process_that_dies_is_a_refusal(monkeypatch):
    monkeypatch.setattr(confined, "MOST_SECONDS", -5)

    with pytest.raises(Unreadable) as error:
        confined.read("1. 一\n答案：对".encode(), "a.txt")

    assert error.value.fault.cause == "这份文件读不完：太大，或者不是正常的题库"


def test_as_many_questions_as_are_allowed_are_read_in_time():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["题干", "A", "B", "C", "D", "答案", "解析"])
    for line in range(1, MOST_QUESTIONS + 1):
        sheet.write_row(
            line, 0, [f"第 {line} 个问题是什么？", "甲" * 20, "乙" * 20, "丙" * 20, "丁" * 20, "A", "因为" * 40]
        )
    book.close()

    reading, seconds, memory = cost(out.getvalue(), "full.xlsx")

    assert len(reading.outcomes) == MOST_QUESTIONS
    assert seconds < SECONDS
    assert memory < MEMORY
