"""Write a document as .docx after GB/T 9704-2012: 22 lines of 28 characters, 三号仿宋, page numbers outside.

Settings that LibreOffice and Word both render so: a grid of lines (not of characters), exact spacing, and runs
tightened by a quarter of a point. The named fonts are not shipped; the font table names what stands in for them.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as DocxParagraph

from cyberweek.report.documents.model import Annex, Document, Heading, numbered

BODY, TITLE, HEI, KAI, NUMBER = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"
STAND_INS = {
    BODY: "FangSong, 仿宋, Noto Serif CJK SC",
    TITLE: "SimSun, 宋体, Noto Serif CJK SC",
    HEI: "SimHei, Noto Sans CJK SC",
    KAI: "KaiTi, 楷体, Noto Serif CJK SC",
}
LINE, SIZE, TIGHT = Pt(28.95), 16, -5
_FIXED = (2000, 1, 1, 0, 0, 0)
_ALIGN = {"left": WD_ALIGN_PARAGRAPH.LEFT, "center": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
          "justify": WD_ALIGN_PARAGRAPH.JUSTIFY}  # fmt: skip


def write_docx(document: Document) -> bytes:
    """The file; the same document gives the same bytes."""
    file = docx.Document()
    _page(file)
    _body_style(file)
    if document.mark:
        _line(file, document.mark, font=HEI, align="left")
    _line(file, document.title, font=TITLE, size=22, align="center", spacing=Pt(35))
    _line(file, "")
    if document.recipient:
        _line(file, f"{document.recipient}：", align="left")
    for block, number in numbered(document.blocks):
        font = _font(block.level) if isinstance(block, Heading) else BODY
        _line(file, number + block.text, font=font, indent=True, keep=isinstance(block, Heading))
    _line(file, "")
    _line(file, document.signed_by, align="right", right_mm=23)
    _line(file, document.date, align="right", right_mm=23)
    for index, annex in enumerate(document.annexes, 1):
        _annex(file, annex, index if len(document.annexes) > 1 else 0)
    return _pack(file)


def _page(file: Docx) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    file.settings.odd_and_even_pages_header_footer = True
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    for old in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001 -- python-docx has no door for the grid
        section._sectPr.remove(old)  # noqa: SLF001 -- as above
    section._sectPr.append(grid)  # noqa: SLF001 -- as above
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(paragraph: DocxParagraph, align: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 — in 四号 宋体, one character in from the outer edge."""
    paragraph.alignment = align
    indent = paragraph.paragraph_format
    indent.left_indent = indent.right_indent = Pt(14)
    _run(paragraph, "— ", NUMBER, 14)
    field = parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:rPr><w:rFonts w:ascii="{NUMBER}" w:hAnsi="{NUMBER}"/>'
        '<w:sz w:val="28"/></w:rPr><w:t>1</w:t></w:r></w:fldSimple>'
    )
    paragraph._p.append(field)  # noqa: SLF001 -- python-docx has no door for fields
    _run(paragraph, " —", NUMBER, 14)


def _body_style(file: Docx) -> None:
    style = file.styles["Normal"]
    style.font.name = BODY
    style.font.size = Pt(SIZE)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.widow_control = False


def _font(level: int) -> str:
    return {1: HEI, 2: KAI}.get(level, BODY)


def _line(
    file: Docx, text: str, *, font: str = BODY, size: int = SIZE, align: str = "justify", indent: bool = False,
    keep: bool = False, spacing: Pt = LINE, right_mm: int = 0,
) -> None:  # fmt: skip
    paragraph = file.add_paragraph()
    form = paragraph.paragraph_format
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, spacing
    form.keep_with_next = keep
    paragraph.alignment = _ALIGN[align]
    if right_mm:
        form.right_indent = Mm(right_mm)
    if indent:
        form.first_line_indent = Pt(31.6)
        paragraph._p.get_or_add_pPr().get_or_add_ind().set(qn("w:firstLineChars"), "200")  # noqa: SLF001 -- no door for indents by character
    if text:
        _run(paragraph, text, font, size)


def _run(paragraph: DocxParagraph, text: str, font: str, size: int) -> None:
    run = paragraph.add_run(text)
    run.font.name, run.font.size = font, Pt(size)
    properties = run._r.get_or_add_rPr()  # noqa: SLF001 -- python-docx has no door for East Asian fonts
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), font)
    if size == SIZE:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(TIGHT))
        size_element = properties.find(qn("w:sz"))
        size_element.addprevious(spacing)


def _annex(file: Docx, annex: Annex, index: int) -> None:
    file.add_page_break()
    _line(file, f"附件{index or ''}", font=HEI, align="left")
    _line(file, annex.title, font=TITLE, size=22, align="center", spacing=Pt(35))
    _line(file, "")
    columns = annex.table.columns
    table = file.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.autofit = False
    _fill(table.rows[0], [title for title, _width in columns], columns, font=HEI)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)  # noqa: SLF001 -- no door for repeated header rows
    for row in annex.table.rows:
        _fill(table.add_row(), list(row), columns, font=BODY)


def _fill(row, texts: list[str], columns: tuple[tuple[str, int], ...], *, font: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 -- no door for unsplit rows
    for cell, text, (_title, width) in zip(row.cells, texts, columns, strict=True):
        cell.width = Mm(width)
        paragraph = cell.paragraphs[0]
        is_figure = text.replace(",", "").replace("%", "").replace(".", "").isdigit()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if is_figure and font == BODY else WD_ALIGN_PARAGRAPH.LEFT
        _run(paragraph, text, font, 12)


def _pack(file: Docx) -> bytes:
    properties = file.core_properties
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = datetime(*_FIXED)  # noqa: DTZ001 -- the format has no zone
    properties.language = "zh-CN"
    raw = io.BytesIO()
    file.save(raw)
    return repack(raw.getvalue(), {"word/fontTable.xml": _font_table()})


def _font_table() -> bytes:
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:charset w:val="86"/></w:font>'
        for name, others in STAND_INS.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()


def repack(data: bytes, replaced: dict[str, bytes] | None = None) -> bytes:
    """The same archive with parts in one order and one fixed date, so that equal contents have equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        for name in sorted(names, key=lambda each: (each != "[Content_Types].xml", each)):
            info = zipfile.ZipInfo(name, _FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            target.writestr(info, (replaced or {}).get(name, source.read(name)))
    return out.getvalue()
