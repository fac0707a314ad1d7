"""What units hand in and by when, and to whom the summary goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cyberweek.plan.reader import dates, units
from cyberweek.plan.reader.outline import Node, Paragraph, sentences
from cyberweek.plan.reader.understood import Deadline

_HAND = re.compile(
    r"报送|上报|报至|报到|呈报|提交|反馈|发送|发至|发到|交至|交到|送至|送到|报(?=[^名道告到社刊备])|上传|投稿|报名|完成|报备|寄送|寄至|传至|交(?=[^流通易互接])"
)
_TO = re.compile(
    r"(?:报送|上报|报|提交|反馈|发送|发|交|送|呈报|寄送|寄|上传)(?:至|到|给)?(?P<to>[^，。；：、（(“]{2,30}(?:、[^，。；：（(“]{2,20})*)"
)
_TO_LATER = re.compile(
    r"(?:报送|上报|提交|发送|反馈|报|交|送|发)[^，。；至到给]{1,30}(?:至|到|给)(?P<to>[^，。；：、（(“]{2,30}(?:、[^，。；：（(“]{2,20})*)"
)
_WHAT = re.compile(
    r"(?:将|把|报送|提交|上报|反馈|报)(?P<what>[^，。；]{2,50}?)(?:和相关图片|\(|（|书面|统一|一并|汇总后|以.{1,8}形式|电子版|盖章|纸质版?)*(?:报送|上报|报至|报|提交|反馈|发送|发至|发到|发|交|送|呈报|寄|上传)(?:至|到|给)?[^名]"
)
_CHANNEL = (
    re.compile(
        r"(?:通过|经|由|以)(?P<name>[^，。；：、（()）]{0,20}?(?:邮箱|邮件系统|系统|平台|电子邮件|公文交换|渠道|邮件|传真|微信群|工作群|OA|钉钉))"
    ),
    re.compile(r"(?P<name>传真)(?:至|到|号|：)"),
    re.compile(r"(?:发送?|报送?|投|交|传)(?:至|到)(?P<name>[^，。；：、（()）]{0,14}(?:邮箱|平台|系统))"),
    re.compile(r"(?P<name>(?:电子|工作|指定|联系|投稿|内网|政务)?邮箱)[：:]"),
    re.compile(r"(?P<name>邮寄|快递|电子邮件)"),
)
_WHO = re.compile(
    r"(?:^各|^全[院校体市县区]|^所有|^本)|(?:职工|员工|学生|师生|干部|单位|部门|公司|科室|学院|支行|分行|街道|乡镇|网信办|联络员|人员|同志)$"
)
_ONWARD = re.compile(
    r"(?:汇总|形成|梳理|整理|总结)[^。；]{0,40}?(?:报送|上报|呈报|报)(?:至|给|到)?(?P<to>[^。；，（(]{2,40})"
)
_LABEL = re.compile(
    r"(?P<what>(?:作品|报名|征集|投稿|提交|总结|材料|征文)?[\u4e00-\u9fff]{0,6}?截止)(?:时间|日期)?[：:为是]?\s*$|(?P<end>(?:报名|报送|投稿|提交)(?:时间|日期|期限)?)[：:为]\s*$"
)


def deadlines(root: Node, year: int | None) -> Iterator[tuple[Deadline, int]]:
    """Every 于…前报送…, with the line on which its date stands."""
    for title, paragraph in _titled(root):
        for offset, sentence in sentences(paragraph.text):
            at = 0
            seen = dates.find(sentence, year)
            for index, each in enumerate(seen):
                if not each.before and not _labelled(sentence, each):
                    continue
                later = next((one.at for one in seen[index + 1 :] if one.before), len(sentence))
                clause = sentence[at : _clause_end(sentence, each.stop, later)]
                if deadline := _deadline(clause, each._replace(at=each.at - at, stop=each.stop - at), paragraph.text):
                    deadline.what = deadline.what or title
                    yield deadline, paragraph.line_at(offset + each.at)
                    at += len(clause)


def _titled(root: Node) -> Iterator[tuple[str | None, Paragraph]]:
    """Each paragraph with the heading that it stands under, when that names something to be done."""
    for node in root.walk():
        name = re.sub(r"^(?:组织|开展)", "", node.title) or None
        if node.whole and node.title:
            yield None, Paragraph(node.title, node.whole.origins)
        for paragraph in node.body:
            if not paragraph.cells:
                yield (name if node.marker not in ("", "han", "part") else None), paragraph


def _clause_end(sentence: str, start: int, later: int) -> int:
    """A clause ends before the words that lead up to the next deadline."""
    if later == len(sentence):
        return later
    cut = max(sentence.rfind("，", start, later), sentence.rfind("；", start, later))
    return cut if cut > start else later


def _labelled(sentence: str, each: dates.Dated) -> bool:
    return bool(_LABEL.search(sentence[: each.at]))


def _deadline(clause: str, seen: dates.Dated, around: str) -> Deadline | None:
    if dates.holes(clause) and seen.start is None:
        return None
    label = _LABEL.search(clause[: seen.at])
    rest = clause[seen.stop :]
    if not label and not _HAND.search(rest) and not re.search("报送|提交|完成|报名|投稿", clause):
        return None
    if not label and re.search(r"^[^，。；]{0,3}(?:前)?(?:，)?(?:到过|发布|入境|出生|注册)", rest):
        return None
    what = (label["what"] or label["end"]).removesuffix("截止") if label else _what(clause, seen)
    return Deadline(
        seen.last, what or None, _to(rest) or _to(clause), _channels(around if len(around) < 600 else clause)
    )


def _what(clause: str, seen: dates.Dated) -> str | None:
    rest = re.sub(
        r"^[^，。；\u4e00-\u9fff]*(?:[（(][^）)]*[)）])?(?:\d{1,2}[:：时]\d{0,2})?(?:下班|之前|以前|前)?(?:，)?",
        "",
        clause[seen.stop :],
    )
    if match := _WHAT.search(rest):
        return _noun(match["what"])
    if match := re.match(r"(?:，|各单位|请)*(?:完成|做好)(?P<what>[^，。；]{2,40})", rest):
        return _noun(match["what"])
    before = clause[: seen.at]
    if match := re.search(r"(?:将|请将|把)(?P<what>[^，。；]{2,40}?)(?:，)?(?:请)?(?:于|在|务必于)?$", before):
        return _noun(match["what"])
    match = re.search(r"(?P<what>[^，。；：]{2,40}?)(?:请|须|需|应)?(?:务必)?(?:于|在)$", before)
    if match and not _WHO.search(match["what"]):
        return _noun(match["what"])
    if match := re.search(r"(?:报送|提交|上报|上传|反馈)(?P<what>(?!至|到|给)[^，。；（(至到]{2,30})", rest):
        return _noun(match["what"])
    if match := re.search(r"完成(?P<what>[^，。；：（(]{2,20})", rest):
        return _noun(match["what"])
    return "报名" if "报名" in clause else None


def _noun(text: str) -> str | None:
    text = re.sub(r"^(?:各单位|各地|各部门|请|其|前|，|本单位的|将|、|并)+", "", text).strip(" ，。、（(")
    text = re.sub(r"(?<=.{2})(?:通过|经由|以电子).*$", "", text)
    text = re.sub(r"(?:请|并|后|统一|一并|的电子版|电子版|以电子版形式|书面)+$", "", text)
    return text if 2 <= len(text) <= 50 else None


def _to(text: str) -> str | None:
    for to in _handed(text):
        who = re.sub(r"(?:邮箱|处)?[\u4e00-\u9fff]某.*$|（.*$|邮箱.*$|[\dA-Za-z].*$|联系人.*$", "", to).strip()
        who = re.sub(r"(?:汇总|备案|审核|存档|统一汇总|电子.*)+$", "", who)
        names = units.split(who)
        if names and not re.search("系统$|平台$", who):
            return "、".join(names)
    return None


def _handed(text: str) -> Iterator[str]:
    """Whom something is handed to: 报送 somebody, or 报送 something 至 somebody."""
    for pattern in (_TO, _TO_LATER):
        yield from (match["to"] for match in pattern.finditer(text))


def _channels(text: str) -> list[str]:
    found = [match["name"] for pattern in _CHANNEL for match in pattern.finditer(text)]
    found = [re.sub(r"^(?:通过|将电子版通过|本单位)", "", name) for name in found]
    unique = [name for name in dict.fromkeys(found) if not any(name != other and name in other for other in found)]
    return sorted(unique, key=text.find)


def onward(root: Node) -> tuple[list[str], int | None]:
    """To whom the summary goes on, with the line that says so."""
    for paragraph in root.paragraphs():
        for offset, sentence in sentences(paragraph.text):
            for match in _ONWARD.finditer(sentence):
                if _is_handing_in(sentence, match):
                    continue
                names = units.split(re.sub(r"(?:和相关部门|备案|审定|审阅)$", "", match["to"]))
                if names and re.search(r"总结|小结|材料|情况|报告|成果|数据", sentence):
                    return names, paragraph.line_at(offset + match.start("to"))
    return [], None


def _is_handing_in(sentence: str, match: re.Match[str]) -> bool:
    """Whether the passage is the units' own 于…前报送 and not what the receiver does with it."""
    inside = any(each.before for each in dates.find(match.group(), 2024))
    earlier = any(each.before for each in dates.find(sentence[: match.start()], 2024))
    return inside or (earlier and not match.group().startswith(("汇总", "形成")))
