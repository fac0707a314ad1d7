"""A .docx → numbered lines: paragraphs with their automatic numbers, and table rows. Guards against zip bombs."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple
from xml.etree import ElementTree

from cyberweek.plan.reader.numbers import chinese
from cyberweek.plan.reader.source import Line, clean
from cyberweek.plan.reader.unreadable import Unreadable

MAX_PART = 40 * 1024 * 1024
MAX_TOTAL = 400 * 1024 * 1024
MAX_PARTS = 5_000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
_BOMB = "请确认文件来源，用 Word 或 WPS 重新另存为 .docx"


class Level(NamedTuple):
    """One level of an automatic numbering."""

    form: str
    text: str
    start: int


Tidy = Callable[[str], str]


def read_lines(data: bytes, tidy: Tidy = clean) -> list[Line]:
    """Read the paragraphs and tables of a .docx in the order of the text; `tidy` is done to every piece of it."""
    with _open(data) as archive:
        body = _tree(archive, "word/document.xml").find(f"{_W}body")
        numbering = Numbering(_optional(archive, "word/numbering.xml"), _optional(archive, "word/styles.xml"))
    if body is None:
        raise Unreadable("文档没有正文", way_out="请用 Word 或 WPS 打开检查后重新另存为 .docx")
    return list(_lines(body, numbering, tidy))


def _open(data: bytes) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, OverflowError) as error:
        raise Unreadable("压缩结构已损坏，无法打开", way_out="请用 Word 或 WPS 重新另存为 .docx") from error
    entries = archive.infolist()
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("文件是加密的", way_out="请去掉密码后重新上传")
    if "word/document.xml" not in archive.NameToInfo:
        raise Unreadable("文件是压缩包或其他 Office 文件，不是 .docx 文档", way_out="请上传 .docx、.txt 或 .pdf 方案")
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_TOTAL:
        raise Unreadable("文件解压后过大，疑似压缩炸弹", way_out=_BOMB)
    return archive


def _tree(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    data = _part(archive, name)
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise Unreadable("文档内含不允许的实体声明", way_out=_BOMB)
    try:
        return ElementTree.fromstring(data)  # noqa: S314 -- size is capped and DTDs are refused above
    except (ElementTree.ParseError, RecursionError, ValueError) as error:
        raise Unreadable("文档内容已损坏，无法解析", way_out="请用 Word 或 WPS 重新另存为 .docx") from error


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    """Read a part by streaming, so that a lying size field costs no memory."""
    try:
        with archive.open(name) as stream:
            data = stream.read(MAX_PART + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise Unreadable("文档内容已损坏，无法解压", way_out="请用 Word 或 WPS 重新另存为 .docx") from error
    if len(data) > MAX_PART:
        raise Unreadable("文件解压后过大，疑似压缩炸弹", way_out=_BOMB)
    return data


def _optional(archive: zipfile.ZipFile, name: str) -> ElementTree.Element | None:
    return _tree(archive, name) if name in archive.NameToInfo else None


def _lines(body: ElementTree.Element, numbering: Numbering, tidy: Tidy) -> Iterator[Line]:
    number = 0
    for block in _blocks(body):
        rows = _rows(block, tidy) if block.tag == f"{_W}tbl" else _paragraph(block, numbering, tidy)
        for text, cells in rows:
            number += 1
            yield Line(number, text, cells)


def _blocks(parent: ElementTree.Element) -> Iterator[ElementTree.Element]:
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag not in _SKIPPED and child.tag != f"{_W}sectPr":
            yield from _blocks(child)


def _paragraph(block: ElementTree.Element, numbering: Numbering, tidy: Tidy) -> Iterator[tuple[str, tuple[str, ...]]]:
    marker = numbering.marker(block)
    for index, part in enumerate("".join(_texts(block)).split("\n")):
        text = tidy(part)
        yield (marker + text if index == 0 and text else text), ()


def _texts(node: ElementTree.Element) -> Iterator[str]:
    for child in node:
        if child.tag in _SKIPPED:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in (f"{_W}tab", f"{_W}ptab"):
            yield " "
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag == f"{_W}noBreakHyphen":
            yield "-"
        elif child.tag != f"{_W}pPr":
            yield from _texts(child)


def _rows(table: ElementTree.Element, tidy: Tidy) -> Iterator[tuple[str, tuple[str, ...]]]:
    above: list[str] = []
    for row in table.iter(f"{_W}tr"):
        above = list(_cells(row, above, tidy))
        cells = tuple(above)
        yield " ".join(dict.fromkeys(cell for cell in cells if cell)), cells if len(cells) > 1 else ()


def _cells(row: ElementTree.Element, above: list[str], tidy: Tidy) -> Iterator[str]:
    """The cells of a row; one merged downwards repeats what stands above it."""
    column = 0
    for cell in row.findall(f"{_W}tc"):
        text = "\n".join(tidy("".join(_texts(part))) for part in cell.iter(f"{_W}p")).strip()
        merge = cell.find(f"{_W}tcPr/{_W}vMerge")
        if merge is not None and merge.get(f"{_W}val") != "restart" and column < len(above):
            text = above[column]
        span = cell.find(f"{_W}tcPr/{_W}gridSpan")
        width = min(_integer(span, default=1), 60)
        for _ in range(max(width, 1)):
            yield text
            column += 1


class Numbering:
    """The automatic numbers of paragraphs, which are nowhere in the text of the document."""

    def __init__(self, numbering: ElementTree.Element | None, styles: ElementTree.Element | None) -> None:
        self._levels = _levels(numbering)
        self._styles = _numbered_styles(styles)
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)

    def marker(self, paragraph: ElementTree.Element) -> str:
        """The number that a word processor shows before this paragraph, or nothing."""
        key, depth = self._place(paragraph)
        level = self._levels.get((key, depth))
        if level is None or level.form in ("bullet", "none"):
            return ""
        counts = self._counts[key]
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return self._written(key, level, counts)

    def _written(self, key: str, level: Level, counts: dict[int, int]) -> str:
        text = level.text
        for depth in range(9):
            if f"%{depth + 1}" in text:
                shown = self._levels.get((key, depth), level)
                text = text.replace(f"%{depth + 1}", _figure(counts.get(depth, shown.start), shown.form))
        return text

    def _place(self, paragraph: ElementTree.Element) -> tuple[str, int]:
        own = paragraph.find(f"{_W}pPr/{_W}numPr")
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        inherited = self._styles.get("" if style is None else style.get(f"{_W}val", ""), ("", 0))
        if own is None:
            return inherited
        number, depth = own.find(f"{_W}numId"), own.find(f"{_W}ilvl")
        key = inherited[0] if number is None else number.get(f"{_W}val", "")
        return key, _integer(depth, default=inherited[1])


def _integer(element: ElementTree.Element | None, *, default: int) -> int:
    value = "" if element is None else element.get(f"{_W}val", "")
    return int(value) if value.isdecimal() and len(value) < 6 else default


def _numbered_styles(styles: ElementTree.Element | None) -> dict[str, tuple[str, int]]:
    found: dict[str, tuple[str, int]] = {}
    for style in () if styles is None else styles.findall(f"{_W}style"):
        numbered = style.find(f"{_W}pPr/{_W}numPr/{_W}numId")
        if numbered is not None:
            depth = _integer(style.find(f"{_W}pPr/{_W}numPr/{_W}ilvl"), default=0)
            found[style.get(f"{_W}styleId", "")] = (numbered.get(f"{_W}val", ""), depth)
    return found


def _levels(numbering: ElementTree.Element | None) -> dict[tuple[str, int], Level]:
    if numbering is None:
        return {}
    abstract = {each.get(f"{_W}abstractNumId", ""): each for each in numbering.findall(f"{_W}abstractNum")}
    found: dict[tuple[str, int], Level] = {}
    for each in numbering.findall(f"{_W}num"):
        link = each.find(f"{_W}abstractNumId")
        base = abstract.get("" if link is None else link.get(f"{_W}val", ""))
        for level in () if base is None else base.findall(f"{_W}lvl"):
            depth = int(level.get(f"{_W}ilvl", "0")) if level.get(f"{_W}ilvl", "0").isdecimal() else 0
            found[each.get(f"{_W}numId", ""), depth] = _level(level)
    return found


def _level(level: ElementTree.Element) -> Level:
    form, text = level.find(f"{_W}numFmt"), level.find(f"{_W}lvlText")
    return Level(
        "decimal" if form is None else form.get(f"{_W}val", "decimal"),
        "" if text is None else text.get(f"{_W}val", ""),
        _integer(level.find(f"{_W}start"), default=1),
    )


def _figure(number: int, form: str) -> str:
    if form.startswith(("chinese", "ideograph", "japanese", "taiwanese")) and "Enclosed" not in form:
        return chinese(number)
    if form.startswith("decimalEnclosed") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("upperLetter", "lowerLetter") and 1 <= number <= 26:
        return chr((0x40 if form == "upperLetter" else 0x60) + number)
    return str(number)
