"""What only the check and the console need of a text: all its dates, duties, placeholders and personal data."""

from __future__ import annotations

import re

from cyberweek.plan.reader import dates, units, wording
from cyberweek.plan.reader.evidence import Body, Duty, Evidence, Mark, Numbering, SeenDate
from cyberweek.plan.reader.outline import Node, Paragraph, sentences

_BODY = re.compile(
    r"(?:[\u4e00-\u9fff]{0,8})?(?:组委会|领导小组|协调小组|工作专班|推进办公室|指挥部|活动办公室|筹备组|工作组|评审委员会|评委会|筹委会)"
)
_FOUNDED = re.compile(r"成立|设立|组成|下设|组建|设在|组长|由.{2,60}(?:担任|兼任)|承担具体")
_PHONE = re.compile(
    r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{17}[\dXx](?!\d)|(?<=[：:话])\s*\d{3,4}-\d{7,8}(?!\d)|(?<=[：:话])\s*[2-9]\d{6,7}(?!\d)"
)
_NAMED = re.compile(
    r"联系人[：:]\s*[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])|(?<=[处办室科局])[\u4e00-\u9fff]某(?![某某])"
)
_ZEROS = re.compile(
    r"(?<!\d)0{7,}(?!\d)|(?<![\dA-Za-z])[xX×]{3,}(?![A-Za-z])|(?<![\dA-Za-z])[xX×]{2}(?=[一-龥])(?![年月日])|某某(?:[县市区局校]|单位)|（?待定）?(?=[，。；\s]|$)|\*{4,}"
)


def observe(root: Node, found: list[Paragraph], *, year: int | None, into: Evidence) -> None:
    """Fill the evidence with what the text shows."""
    for paragraph in found:
        _dates(paragraph, year, into)
        _marks(paragraph, into)
    _duties(root, into)
    into.named += [name for node in root.walk() for name in _headed(node)]
    _numbers(root, into)
    _bodies(found, into)


def _dates(paragraph: Paragraph, year: int | None, into: Evidence) -> None:
    for seen in dates.find(paragraph.text, year):
        line = paragraph.line_at(seen.at)
        into.dates.append(SeenDate(seen.text, seen.start, seen.end, seen.weekday, seen.possible, line))
        if seen.end and seen.weekday_end is not None:
            into.dates.append(SeenDate(seen.text, seen.end, None, seen.weekday_end, True, line))


def _marks(paragraph: Paragraph, into: Evidence) -> None:
    line = paragraph.line
    into.placeholders += [Mark(text, line) for text in dates.holes(paragraph.text)]
    into.placeholders += [
        Mark(match.group(), paragraph.line_at(match.start())) for match in _ZEROS.finditer(paragraph.text)
    ]
    for pattern in (_PHONE, _NAMED):
        into.personal += [
            Mark(match.group(), paragraph.line_at(match.start())) for match in pattern.finditer(paragraph.text)
        ]


def _duties(root: Node, into: Evidence) -> None:
    for paragraph in root.paragraphs():
        if paragraph.cells:
            continue
        for offset, sentence in sentences(paragraph.text):
            for name in wording.read(sentence).everyone():
                if not units.is_collective(name):
                    into.duties.append(
                        Duty(name, sentence, paragraph.line_at(offset + max(paragraph.text[offset:].find(name), 0)))
                    )


def _headed(node: Node) -> list[str]:
    """The units under a heading such as 三、主办单位, which belong to the plan as a whole."""
    roles = wording.Roles()
    if "机构" in node.title:  # 组织机构 tells how the work is led, in sentences
        return []
    wording.labelled(node.title, node.text().replace("\n", "、"), roles)
    return roles.everyone()


def _numbers(root: Node, into: Evidence) -> None:
    for node in root.walk():
        for marker in dict.fromkeys(child.marker for child in node.children):
            same = [child for child in node.children if child.marker == marker]
            into.numbering.append(Numbering(node.title, tuple(child.no or 0 for child in same), same[0].line))


def _bodies(found: list[Paragraph], into: Evidence) -> None:
    founded = {
        _kind(match.group())
        for each in found
        for _, text in sentences(each.text)
        if _FOUNDED.search(text)
        for match in _BODY.finditer(text)
    }
    for paragraph in found:
        for match in _BODY.finditer(paragraph.text):
            kind = _kind(match.group())
            if kind not in founded and not any(body.name == kind for body in into.undefined):
                if re.match(r"办公室|成员单位", paragraph.text[match.end() :]) and "网络安全和信息化" in paragraph.text:
                    continue
                into.undefined.append(Body(kind, paragraph.line_at(match.start())))


def _kind(name: str) -> str:
    return re.search(
        r"组委会|领导小组|协调小组|工作专班|推进办公室|指挥部|活动办公室|筹备组|工作组|评审委员会|评委会|筹委会", name
    ).group()  # type: ignore[union-attr]
