"""Documents and tables that rooms ask for by a port, written by the report's writers, so that all are set alike."""

from __future__ import annotations

from cyberweek.component.ports import OfficialText, TableText
from cyberweek.report.documents.docx import write_docx
from cyberweek.report.documents.model import Annex, Document, Heading, Paragraph, Table
from cyberweek.report.documents.xlsx import Sheet, write_xlsx


def document(text: OfficialText) -> bytes:
    """An official text as .docx, set as every document of the house is."""
    blocks = tuple(Heading(level, words) if level else Paragraph(words) for level, words in text.blocks)
    annexes = tuple(Annex(each.name, Table(each.columns, _texts(each))) for each in text.annexes)
    return write_docx(Document(text.title, text.recipient, blocks, text.signed_by, text.date, text.mark, annexes))


def table(text: TableText) -> bytes:
    """A table as .xlsx."""
    return write_xlsx((Sheet(text.name, text.columns, text.rows),))


def _texts(text: TableText) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(str(cell) for cell in row) for row in text.rows)
