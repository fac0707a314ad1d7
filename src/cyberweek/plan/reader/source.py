"""Bytes of a file → numbered lines. Knows formats and limits; knows nothing about plans."""

from __future__ import annotations

import re
from typing import NamedTuple

from cyberweek.plan.reader.unreadable import Unreadable

MAX_BYTES = 20 * 1024 * 1024
MAX_CHARACTERS = 400_000
MAX_LINE = 20_000
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"RIFF", b"II*\x00", b"MM\x00*")
_PACKED = (b"7z\xbc\xaf", b"Rar!", b"\x1f\x8b", b"BZh", b"\xfd7zXZ")


class Line(NamedTuple):
    """One line of the source; a table row has cells."""

    number: int
    text: str
    cells: tuple[str, ...] = ()
    page: int | None = None


def load(data: bytes, filename: str) -> list[Line]:
    """Read the lines of a .txt, .docx or .pdf; the content decides, not the name."""
    _refuse_size(data)
    lines = _by_content(data, filename)
    if not any(line.text.strip() for line in lines):
        raise Unreadable("文件里没有文字", way_out="请提供含有文字的方案，扫描件请先做文字识别")
    if sum(len(line.text) for line in lines) > MAX_CHARACTERS:
        raise Unreadable(f"文字超过 {MAX_CHARACTERS // 10_000} 万字，不像一份方案", way_out="请只上传方案正文")
    return lines


def _refuse_size(data: bytes) -> None:
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("文件是空的", way_out="请检查后重新上传方案")
    if len(data) > MAX_BYTES:
        size = len(data) // (1024 * 1024)
        raise Unreadable(
            f"文件有 {size} MB，超过 {MAX_BYTES // (1024 * 1024)} MB 的上限", way_out="请去掉图片后重新上传"
        )


def _by_content(data: bytes, filename: str) -> list[Line]:
    if b"%PDF-" in data[:1024]:
        from cyberweek.plan.reader import portable  # noqa: PLC0415 -- a plain text must not pay for the PDF reader

        return portable.read_lines(data)
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        from cyberweek.plan.reader import word  # noqa: PLC0415 -- a plain text must not pay for the Word reader

        return word.read_lines(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise _old_word(data)
    if data.startswith((*_PICTURES, *_PACKED)):
        raise Unreadable("文件是图片或压缩包，不是文字", way_out="请上传 .txt、.docx 或带文字层的 .pdf")
    if data.startswith(b"{\\rtf"):
        raise Unreadable("文件是 RTF 格式", way_out="请另存为 .docx 后再上传")
    return _plain(decode(data, filename))


def _old_word(data: bytes) -> Unreadable:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Unreadable("文件设有打开密码", way_out="请去掉密码后重新上传")
    return Unreadable("文件是旧版 Office 格式（.doc、.wps 等）", way_out="请另存为 .docx 后再上传")


def decode(data: bytes, filename: str) -> str:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _is_text(text):
            return text
    raise Unreadable(f"“{filename[-80:]}”不是文字文件，或编码无法识别", way_out="请另存为 UTF-8 文本、.docx 或 .pdf")


def _encodings(data: bytes) -> tuple[str, ...]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    return ("utf-8-sig", "gb18030")


def _is_text(text: str) -> bool:
    odd = len(re.findall(r"[\x00-\x08\x0e-\x1f\x7f\ue000-\uf8ff\ufffd]", text))
    return odd * 50 <= len(text)


def _plain(text: str) -> list[Line]:
    lines = re.split(r"\r\n|[\n\r\x0b\x85\u2028\u2029]", text.replace("\f", "\n" if "\n" not in text else " "))
    if any(len(line) > MAX_LINE for line in lines):
        raise Unreadable(f"有一行超过 {MAX_LINE // 10_000} 万字，不像一份方案", way_out="请检查文件内容")
    return [Line(number, clean(line), _cells(line)) for number, line in enumerate(lines, 1)]


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a line that is visibly a table row: tabs or upright bars."""
    stripped = line.strip().strip("\u3000")
    if re.fullmatch(r"[|+\-:—=\s]+", stripped) and "-" in stripped:
        return ()
    for bar in ("|", "｜", "│"):
        if stripped.count(bar) >= 2 or (stripped.count(bar) == 1 and not stripped.startswith(bar)):
            return tuple(clean(cell) for cell in stripped.strip(bar).split(bar))
    parts = [clean(cell) for cell in line.strip(" \u3000\r\n").split("\t")]
    return tuple(parts) if len([part for part in parts if part]) >= 2 else ()


_WIDE = {code: code - 0xFEE0 for code in [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]}
_WIDE |= {0x3000: 0x20, 0xA0: 0x20, 0x2002: 0x20, 0x2003: 0x20, 0x2009: 0x20, 0x202F: 0x20, 0x09: 0x20}
_WIDE |= {0xFF0E: 0x2E, 0xFF5E: 0x7E, 0xFF0D: 0x2D, 0x2F00: 0x4E00, 0x2F08: 0x4EBA, 0x2F47: 0x65E5, 0x2F49: 0x6708}
_GONE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, 0x07])


def clean(text: str) -> str:
    """Make wide digits, letters and spaces narrow; leave Chinese punctuation alone."""
    return text.translate(_WIDE | _GONE).strip()
