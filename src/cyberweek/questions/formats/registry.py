"""Every format that a bank can come and go as. To add one is a module of the same shape and a line here."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from cyberweek.kernel.text import mark
from cyberweek.questions.draft import QuestionDraft
from cyberweek.questions.formats import aiken, commas, gift, moodle, plain, word, workbook
from cyberweek.questions.formats.decoding import text_in
from cyberweek.questions.formats.outcome import Outcome, Unreadable

_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PACKED = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")
_ANSWERED = re.compile(r"^[\s\[【(（]*(?:正确|参考|标准)?答案\s*[\]】)）]?\s*[:：]", re.MULTILINE)
_SIGNS = {
    "aiken": re.compile(r"^ANSWER\s*:", re.MULTILINE | re.IGNORECASE),
    "gift": re.compile(r"^\s*::.*::|^\$CATEGORY:|(?<!\\)\{[^{}]*(?:(?<!\\)[=~]|T|F|TRUE|FALSE)[^{}]*\}", re.MULTILINE),
}


class Format(msgspec.Struct, frozen=True):
    """A format as people choose it. `can_carry` tells which questions it can hold at all."""

    name: str
    label: str
    about: str
    extension: str
    media: str
    read: Callable[[bytes], Iterator[Outcome]]
    write: Callable[[Sequence[QuestionDraft]], bytes]
    can_carry: Callable[[QuestionDraft], bool] = lambda _draft: True


_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = (
    Format("xlsx", mark("Excel 工作簿"), mark("可以改了再传回来"), "xlsx", _SHEET, workbook.read, workbook.write),
    Format("csv", mark("CSV 表格"), mark("给程序和其他系统"), "csv", "text/csv; charset=utf-8", commas.read, commas.write),
    Format("docx", mark("Word 文档"), mark("可以打印和传阅"), "docx", _DOCUMENT, word.read, word.write),
    Format("txt", mark("纯文本"), mark("可以打印和传阅"), "txt", "text/plain; charset=utf-8", plain.read, plain.write),
    Format("gift", "Moodle GIFT", mark("给 Moodle 等学习平台"), "gift", "text/plain; charset=utf-8", gift.read, gift.write),
    Format("moodle", "Moodle XML", mark("给 Moodle 等学习平台"), "xml", "application/xml", moodle.read, moodle.write),
    Format(
        "aiken", "Aiken", mark("只装得下单选题，没有解析"), "txt", "text/plain; charset=utf-8", aiken.read, aiken.write, aiken.can_carry,
    ),
)  # fmt: skip
BY_NAME = {each.name: each for each in FORMATS}


def recognised(data: bytes, filename: str) -> Format:
    """The format of a file: its content decides, its name only between texts. Raises Unreadable."""
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable(mark("文件是空的"), mark("请检查后重新上传"))
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zipped(data)
    if data.startswith(_OLD):
        raise Unreadable(
            mark("文件设有密码，或是旧版格式（.xls、.doc、.et、.wps）"), mark("请去掉密码，另存为 .xlsx 或 .docx")
        )
    if data.startswith(_PACKED) or b"%PDF-" in data[:1024]:
        raise Unreadable(mark("文件是 PDF 或压缩包"), mark("请上传 .xlsx、.csv、.docx、.txt、GIFT 或 Moodle XML"))
    return _worded(text_in(data), filename.lower())


def _zipped(data: bytes) -> Format:
    tail = data[-(1 << 20) :]  # the directory of a zip lies at its end
    if b"xl/workbook.xml" in tail:
        return BY_NAME["xlsx"]
    if b"word/document.xml" in tail:
        return BY_NAME["docx"]
    raise Unreadable(
        mark("文件是压缩包或其他 Office 文件"), mark("请上传 .xlsx、.csv、.docx、.txt、GIFT 或 Moodle XML")
    )


def _worded(text: str, filename: str) -> Format:
    head = text.lstrip("\ufeff \t\r\n")[:2000]
    if head.startswith(("<?xml", "<quiz", "<!DOCTYPE", "<!--")):
        return BY_NAME["moodle"]
    if filename.endswith((".csv", ".tsv")) or commas.can_read(text):
        return BY_NAME["csv"]
    if filename.endswith(".gift"):
        return BY_NAME["gift"]
    if _ANSWERED.search(text):
        return BY_NAME["txt"]
    return next((BY_NAME[name] for name, sign in _SIGNS.items() if sign.search(text)), BY_NAME["txt"])
