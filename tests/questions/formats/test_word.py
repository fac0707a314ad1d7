"""Word files as organisers have them: typed lines, automatic numbers and letters, and tables."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from cyberweek.questions.draft import QuestionDraft
from cyberweek.questions.formats import word
from cyberweek.questions.formats.outcome import Found, Unreadable


def file(document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def lettered(document) -> None:
    """Give the document a list whose first level counts 1. 2. and whose second counts A. B."""
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="%{depth + 1}."/></w:lvl>'
        for depth, form in enumerate(("decimal", "upperLetter"))
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))


def add(document, text: str, depth: int | None = None) -> None:
    paragraph = document.add_paragraph(text)
    if depth is not None:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().set(qn("w:val"), str(depth))
        properties.get_or_add_numId().set(qn("w:val"), "77")


def test_automatic_numbers_and_letters_are_read():
    document = docx.Document()
    lettered(document)
    add(document, "单选题")
    for stem, right in (("短信里的链接能点吗？", "B"), ("公用电脑能存密码吗？", "A")):
        add(document, stem, 0)
        add(document, "不能" if right == "A" else "能", 1)
        add(document, "能" if right == "A" else "不能", 1)
        add(document, f"答案：{right}")

    found = list(word.read(file(document)))

    assert [each.draft for each in found if isinstance(each, Found)] == [
        QuestionDraft(kind="single", stem="短信里的链接能点吗？", options=("能", "不能"), answer=(1,)),
        QuestionDraft(kind="single", stem="公用电脑能存密码吗？", options=("不能", "能"), answer=(0,)),
    ]


def test_a_table_with_a_header_row_is_read_as_a_table():
    document = docx.Document()
    document.add_paragraph("附件：题库")
    rows = [["题干", "A", "B", "答案", "解析"], ["发件人地址要核对吗？", "要", "不要", "A", "先看地址，\n再看内容"]]
    table = document.add_table(len(rows), len(rows[0]))
    for line, row in enumerate(rows):
        for column, text in enumerate(row):
            table.cell(line, column).text = text

    found = [each.draft for each in word.read(file(document)) if isinstance(each, Found)]

    assert found == [
        QuestionDraft(
            kind="single",
            stem="发件人地址要核对吗？",
            options=("要", "不要"),
            answer=(0,),
            explanation="先看地址，\n再看内容",
        )
    ]


def test_soft_breaks_within_a_paragraph_are_lines():
    document = docx.Document()
    document.add_paragraph("1. 验证码能告诉别人吗？\nA. 能\nB. 不能\n答案：B\n解析：谁要都不给。")

    found = [each.draft for each in word.read(file(document))]

    assert [(each.options, each.answer, each.explanation) for each in found] == [(("能", "不能"), (1,), "谁要都不给。")]


def test_what_is_no_document_is_refused_whole():
    with pytest.raises(Unreadable):
        list(word.read(b"PK\x03\x04 broken"))
