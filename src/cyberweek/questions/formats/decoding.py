"""Bytes of a text → the text or its lines: UTF-8, UTF-16 with its mark, or GB18030, which holds what Chinese Windows writes."""

from __future__ import annotations

import re

from cyberweek.kernel.text import mark
from cyberweek.questions.formats.outcome import Unreadable

MOST_LINE = 20_000
_ODD = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")


def text_in(data: bytes) -> str:
    """Raises Unreadable when it is no text."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_ODD.findall(text)) * 50 <= len(text):
            return text
    raise Unreadable(mark("文件不是文字，或编码认不出"), mark("请另存为 UTF-8 文本，或上传 .xlsx、.docx"))


def lines_in(data: bytes) -> list[str]:
    """The lines of a text; raises Unreadable when one is longer than any question."""
    return bounded(text_in(data).replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def bounded(lines: list[str]) -> list[str]:
    if any(len(line) > MOST_LINE for line in lines):
        raise Unreadable(mark("有一行超过 2 万字"), mark("请检查文件内容，一行只写一道题的一部分"))
    return lines
