"""Numbered lines → paragraphs → a tree of headings 一、（一）1.（1）. Joins broken lines and drops page numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from cyberweek.plan.reader.numbers import integer
from cyberweek.plan.reader.source import Line

_N = r"[一二三四五六七八九十]{1,3}"
_MARKERS = (
    ("part", re.compile(rf"第({_N}|\d{{1,2}})(?:部分|章|篇)[、：:\s]*")),
    ("han", re.compile(rf"({_N})[、.．,](?!{_N}[、，])\s*")),
    ("bracket-han", re.compile(rf"[（(]({_N})[)）][、.．]?\s*")),
    ("arabic", re.compile(r"(\d{1,2})[.．、)）](?!\d)\s*")),
    ("act", re.compile(rf"[【\[]?(?:系列)?(?:活动|项目|环节|专场|行动)({_N}|\d{{1,2}})[】\]]?[：:、\s—-]\s*")),
    ("bracket-arabic", re.compile(r"[（(](\d{1,2})[)）][、.．]?\s*")),
    ("circle", re.compile(r"([①-⑳])[、.．]?\s*")),
)
_PAGE = re.compile(
    r"^(?:[—–\-－_·~\s]*[—–\-－·~]\s*\d{1,3}\s*[—–\-－·~][—–\-－_·~\s]*|第\s*\d{1,3}\s*页(?:[，,/／\s]*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}|Page\s*\d+.*)$"
)
_STOP = "。！？；：!?;:"


@dataclass
class Paragraph:
    """A paragraph without broken lines; `origins` says at which offset which source line begins."""

    text: str
    origins: list[tuple[int, int]]
    cells: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """The source line on which the paragraph begins."""
        return self.origins[0][1]

    @property
    def lines(self) -> list[int]:
        """All its source lines."""
        return [number for _, number in self.origins]

    def line_at(self, offset: int) -> int:
        """The source line of an offset into the text."""
        return max((origin for origin in self.origins if origin[0] <= offset), default=self.origins[0])[1]


@dataclass
class Node:
    """A heading with what stands under it. The root has no title."""

    marker: str = ""
    no: int | None = None
    title: str = ""
    whole: Paragraph | None = None
    body: list[Paragraph] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def line(self) -> int:
        """The source line of the heading."""
        return self.whole.line if self.whole else 1

    def paragraphs(self) -> Iterator[Paragraph]:
        """What stands under the heading, its own text first, in the order of the text."""
        yield from self.body
        for child in self.children:
            if child.whole:
                yield Paragraph(child.title, child.whole.origins)
            yield from child.paragraphs()

    def text(self) -> str:
        """The text under the heading, one paragraph a line."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs())

    def own_text(self) -> str:
        """The heading's own paragraphs without those of its children."""
        return "\n".join(paragraph.text for paragraph in self.body)

    def walk(self) -> Iterator[Node]:
        """The node and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def lines(self) -> list[int]:
        """The source lines of heading and text."""
        own = self.whole.lines if self.whole else []
        return sorted({*own, *(number for each in self.paragraphs() for number in each.lines)})


def is_page_number(text: str) -> bool:
    """Whether a line is only a page number."""
    return bool(_PAGE.match(text.strip()))


def tidy(text: str) -> str:
    """Take out the spaces that typesetting leaves between Chinese and other signs."""
    text = re.sub(r"\s+", " ", text).strip()
    wide = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“”‘’—…×]"
    text = re.sub(
        rf"(?<=\d) (?=[年月日号时点])|(?<=[年月]) (?=\d)|(?<={wide}) (?=[A-Za-z0-9(])|(?<=[A-Za-z0-9%)]) (?={wide})",
        "",
        text,
    )
    text = re.sub(rf"(?<=[，。；：、！？“（《]) (?={wide})|(?<={wide}) (?=[，。；：、！？”）》])", "", text)
    return re.sub(r"(?<=\d) (?=\d{1,2}[月日])", "", text)


def paragraphs(lines: list[Line]) -> list[Paragraph]:
    """Join broken lines; a table row stays a paragraph of its own with cells."""
    kept = [line for line in lines if line.text and not is_page_number(line.text)]
    kept = _without_running_heads(kept)
    width = _wrap_width(kept)
    joined: list[list[Line]] = []
    for line in kept:
        if joined and _continues(joined[-1][-1], line, width):
            joined[-1].append(line)
        else:
            joined.append([line])
    return [_paragraph(group) for group in joined]


def _without_running_heads(lines: list[Line]) -> list[Line]:
    pages = {line.page for line in lines}
    if len(pages) < 3 or None in pages:
        return lines
    often = Counter(line.text for line in {(line.page, line.text): line for line in lines}.values())
    return [line for line in lines if often[line.text] < max(3, len(pages) - 1) or len(line.text) > 40]


def width_of(text: str) -> float:
    """The width of a text in Chinese characters."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.5 for sign in text)


def _wrap_width(lines: list[Line]) -> float | None:
    """The width at which the lines were broken, or None for a text that was not broken."""
    widths = sorted(width_of(line.text) for line in lines if not line.cells)
    long = [width for width in widths if width >= 14]
    if len(long) < 4:
        return None
    edge = long[int(len(long) * 0.85)]
    if edge > 62:
        return None
    full = [line for line in lines if width_of(line.text) >= edge - 3 and not line.cells]
    broken = [line for line in full if line.text[-1] not in _STOP]
    enough = len(broken) >= max(3, len(lines) * 0.15) and len(broken) >= 0.5 * len(full)
    spilled = sum(1 for width in widths if width > edge + 4)
    return edge if enough and spilled <= len(lines) * 0.05 else None


def _continues(before: Line, line: Line, width: float | None) -> bool:
    if before.cells or line.cells or width is None or marker_of(line.text):
        return False
    if before.text.endswith(("、", "，")) and width_of(before.text) >= width * 0.5:
        return True
    return (
        width_of(before.text) >= width - 3
        and before.text[-1] not in "。！？；："
        and not _ends_heading(before.text, line.text)
    )


def _ends_heading(before: str, line: str) -> bool:
    return bool(re.search(r"(?:方案|通知|安排|公告)$", before)) and bool(re.match(r"(?:根据|为|各|按照)", line))


def _paragraph(group: list[Line]) -> Paragraph:
    if group[0].cells:
        return Paragraph(group[0].text, [(0, group[0].number)], tuple(tidy(cell) for cell in group[0].cells))
    text, origins = "", []
    for line in group:
        piece = tidy(line.text)
        glue = (
            " "
            if text and text[-1].isascii() and text[-1].isalpha() and piece[:1].isascii() and piece[:1].isalpha()
            else ""
        )
        origins.append((len(text) + len(glue), line.number))
        text = text + glue + piece
    return Paragraph(tidy(text) if len(tidy(text)) == len(text) else text, origins)


def marker_of(text: str) -> tuple[str, int, str] | None:
    """The kind, number and rest of a numbered heading; None when the text has no marker."""
    for kind, pattern in _MARKERS:
        match = pattern.match(text)
        if match:
            sign = match.group(1)
            number = ord(sign) - 0x245F if kind == "circle" else integer(sign)
            return (kind, number or 0, text[match.end() :].strip()) if number else None
    return None


def tree(found: list[Paragraph]) -> Node:
    """Hang each paragraph under its heading. Ranks follow custom, or first use where there is no 一、."""
    ranks = _ranks(found)
    root = Node()
    stack = [(-1, root)]
    for paragraph in found:
        marked = None if paragraph.cells else marker_of(paragraph.text)
        if marked is None:
            stack[-1][1].body.append(paragraph)
            continue
        node = _node(paragraph, marked)
        while stack[-1][0] >= ranks[node.marker]:
            stack.pop()
        stack[-1][1].children.append(node)
        stack.append((ranks[node.marker], node))
    return root


def _ranks(found: list[Paragraph]) -> dict[str, int]:
    custom = [kind for kind, _ in _MARKERS]
    used = list(dict.fromkeys(marked[0] for each in found if not each.cells and (marked := marker_of(each.text))))
    order = custom if "han" in used or "part" in used else [*used, *(kind for kind in custom if kind not in used)]
    return {kind: rank for rank, kind in enumerate(order)}


def _node(paragraph: Paragraph, marked: tuple[str, int, str]) -> Node:
    kind, number, rest = marked
    title, body = split_title(rest)
    node = Node(kind, number, title, paragraph)
    if body:
        node.body.append(_tail(paragraph, body))
    return node


def _tail(paragraph: Paragraph, body: str) -> Paragraph:
    start = paragraph.text.rfind(body)
    start = max(start, 0)
    later = [(max(offset - start, 0), number) for offset, number in paragraph.origins if offset > start]
    return Paragraph(body, [(0, paragraph.line_at(start)), *later])


def split_title(rest: str) -> tuple[str, str]:
    """Split a numbered paragraph into its heading and the text that follows on the same line."""
    for match in re.finditer(
        r"[。；;！]|(?<!\d)[：:]|[：:](?!\d\d)|(?<=[\u4e00-\u9fff”）]) (?=[\u4e00-\u9fff“])|——?(?=由)", rest
    ):
        if _inside(rest, match.start()):
            continue
        title = rest[: match.start()].strip()
        if len(title) <= 42:
            return (title, rest[match.end() :].strip()) if title else (rest, "")
        break
    return (rest, "") if len(rest) <= 42 else ("", rest)


def _inside(text: str, at: int) -> bool:
    head = text[:at]
    return any(head.count(left) > head.count(right) for left, right in ("（）", "“”", "《》", "()"))


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with their offsets; a stop inside quotation marks does not end one."""
    start = depth = 0
    for index, sign in enumerate(text):
        depth += (sign in "“《（(") - (sign in "”》）)")
        if (sign in "。；！？\n;" and depth <= 0) or sign == "\n":
            if text[start : index + 1].strip("。；！？\n; "):
                yield start, text[start : index + 1].strip("。；！？\n; ")
            start, depth = index + 1, 0
    if text[start:].strip():
        yield start, text[start:].strip()
