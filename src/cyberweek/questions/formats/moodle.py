"""Moodle XML. Entities and document types are refused before anything is expanded; pictures and odd kinds by name.

Files of other writers leave out <single> or put the category into <name>; both are understood.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from cyberweek.kernel.text import mark
from cyberweek.questions.draft import Fault, QuestionDraft, tidy_line
from cyberweek.questions.formats import markup, spelling, tags
from cyberweek.questions.formats.assemble import Written, assemble
from cyberweek.questions.formats.outcome import Outcome, Place, Refused, Remark, Unreadable

_UNNAMED = "题"
_DEEPEST = 20


def read(data: bytes) -> Iterator[Outcome]:
    category = ""
    for number, question in enumerate(_questions(data), 1):
        sort = question.get("type", "")
        if sort == "category":
            category = _category(question)
        elif sort != "description":
            yield from _question(Place(number, "question"), question, sort, category)


def write(drafts: Sequence[QuestionDraft]) -> bytes:
    root, category = Element("quiz"), None
    for draft in drafts:
        if draft.topic != category:
            category = draft.topic
            named = SubElement(SubElement(root, "question", type="category"), "category")
            _text(named, tags.category_path(category))
        _add(root, draft)
    return tostring(root, encoding="utf-8", xml_declaration=True)


def _questions(data: bytes) -> Iterator[Element]:
    """Each question when it is whole; it is forgotten before the next one is read."""
    try:
        yield from _streamed(data)
    except DefusedXmlException:
        raise Unreadable(mark("文件里有实体或文档类型声明"), mark("请从 Moodle 重新导出，不要手工加声明")) from None
    except (ParseError, ValueError, LookupError):
        raise Unreadable(mark("XML 写错了，读不完"), mark("请从 Moodle 重新导出")) from None


def _streamed(data: bytes) -> Iterator[Element]:
    parents: list[Element] = []
    for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
        if event == "start":
            if not parents and element.tag != "quiz":
                raise Unreadable(mark("这份 XML 不是 Moodle 题库"), mark("请在 Moodle 里按“Moodle XML 格式”导出"))
            if len(parents) > _DEEPEST:
                raise ValueError(element.tag)
            parents.append(element)
            continue
        parents.pop()
        if element.tag == "question":
            yield element
        if len(parents) == 1:
            parents[0].remove(element)


def _category(question: Element) -> str:
    return tags.topic_in(question.findtext("category/text") or question.findtext("name/text") or "")


def _question(at: Place, question: Element, sort: str, category: str) -> Iterator[Outcome]:
    written = Written(stem=_said(question.find("questiontext")), topic=category)
    fault = _hindrance(question, sort)
    if fault is not None:
        yield Refused(at, fault, tidy_line(written.stem)[:80])
        return
    written.code = question.findtext("idnumber") or question.findtext("name/text") or ""
    written.explanation = _said(question.find("generalfeedback"))
    answers = question.findall("answer")
    if sort == "truefalse":
        _take_truth(written, answers)
    else:
        _take_choices(written, answers, question.findtext("single"))
    tags.take(written, (each.text or "" for each in question.findall("tags/tag/text")))
    told = [each for each in (_said(each.find("feedback")) for each in answers) if each]
    if told and written.explanation:
        yield Remark(at, Fault("explanation", mark("各选项的反馈没有导入"), mark("需要的话请并入解析")))
    elif told:
        written.explanation = "\n".join(_said(each.find("feedback")) for each in answers if _weight(each) > 0)
    yield assemble(written, at)


def _hindrance(question: Element, sort: str) -> Fault | None:
    if sort not in ("multichoice", "truefalse"):
        values = {"kind": sort[:20] or "?"}
        return Fault("kind", mark("题型“%(kind)s”不能自动判分"), mark("请改成单选、多选、判断或点选题"), values)
    kept = [question.find("questiontext"), question.find("generalfeedback"), *question.findall("answer")]
    if question.find(".//file") is not None or any(_has_picture(each) for each in kept if each is not None):
        return Fault("stem", mark("题里有图片或视频"), mark("请用文字说明，或删去图片"))
    return None


def _take_truth(written: Written, answers: Sequence[Element]) -> None:
    written.kind = spelling.KIND_WORDS["truth"]
    written.answer = next((_said(each) for each in answers if _weight(each) > 0), "")


def _take_choices(written: Written, answers: Sequence[Element], single: str | None) -> None:
    written.options = [_said(each) for each in answers]
    right = [place for place, each in enumerate(answers) if _weight(each) > 0 and place < len(spelling.LETTERS)]
    written.answer = spelling.written(right)
    several = single.strip().lower() in ("false", "0") if single else len(right) > 1
    written.kind = spelling.KIND_WORDS["multiple" if several else "single"]


def _weight(answer: Element) -> float:
    try:
        return float(answer.get("fraction", "0"))
    except ValueError:
        return 0.0


def _form(kept: Element) -> str:
    return kept.get("format", "")


def _has_picture(kept: Element) -> bool:
    return markup.has_picture(_form(kept), kept.findtext("text") or "")


def _said(kept: Element | None) -> str:
    return "" if kept is None else markup.said(_form(kept), kept.findtext("text") or "")


def _add(root: Element, draft: QuestionDraft) -> None:
    question = SubElement(root, "question", type="truefalse" if draft.kind == "truth" else "multichoice")
    _text(SubElement(question, "name"), draft.code or _UNNAMED)
    _text(SubElement(question, "questiontext", format="plain_text"), draft.stem)
    _text(SubElement(question, "generalfeedback", format="plain_text"), draft.explanation)
    SubElement(question, "defaultgrade").text = "1"
    SubElement(question, "idnumber").text = draft.code
    if draft.kind == "truth":
        for place, word in enumerate(("true", "false")):
            _text(SubElement(question, "answer", fraction="100" if place in draft.answer else "0"), word)
    else:
        _add_choices(question, draft)
    held = SubElement(question, "tags")
    for each in tags.tags_of(draft):
        _text(SubElement(held, "tag"), each)


def _add_choices(question: Element, draft: QuestionDraft) -> None:
    is_single = draft.kind == "single"
    SubElement(question, "single").text = str(is_single).lower()
    SubElement(question, "shuffleanswers").text = str(draft.kind != "tap").lower()
    SubElement(question, "answernumbering").text = "ABCD"
    share = f"{100 / len(draft.answer):.5f}".rstrip("0").rstrip(".")
    for place, option in enumerate(draft.options):
        fraction = share if place in draft.answer else "0" if is_single else "-100"
        _text(SubElement(question, "answer", fraction=fraction, format="plain_text"), option)


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text
