"""A bank as a Word document: paragraphs with their automatic numbers and letters, or a table with a header row."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import docx

from cyberweek.kernel.text import mark
from cyberweek.plan.reader import word
from cyberweek.plan.reader.unreadable import Unreadable as NotWord
from cyberweek.questions.draft import QuestionDraft
from cyberweek.questions.formats.decoding import bounded
from cyberweek.questions.formats.lines import Line, read_lines
from cyberweek.questions.formats.outcome import Outcome, Place, Unreadable
from cyberweek.questions.formats.plain import paragraphs
from cyberweek.questions.formats.table import Row, has_header, read_rows


def read(data: bytes) -> Iterator[Outcome]:
    """Tables that have a header row are read as tables; everything else is read as lines."""
    try:
        found = word.read_lines(data, tidy=str)
    except NotWord as error:
        raise Unreadable(
            mark("这份 Word 文件读不了：%(why)s"), mark("请用 Word 或 WPS 打开检查，另存为 .docx"), why=error.cause
        ) from None
    rows = [Row(Place(each.number), each.cells) for each in found if len(each.cells) > 1]
    if has_header(rows):
        yield from read_rows(rows)
        found = [each for each in found if len(each.cells) < 2]
    yield from read_lines(Line(Place(each.number), part) for each in found for part in bounded(_parts(each)))


def write(drafts: Sequence[QuestionDraft]) -> bytes:
    document = docx.Document()
    for line in paragraphs(drafts):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _parts(line: word.Line) -> list[str]:
    """The lines of a paragraph, or of the cells of a table that only lays questions out."""
    return "\n".join(line.cells or [line.text]).split("\n")
