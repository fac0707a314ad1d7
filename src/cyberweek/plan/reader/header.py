"""Title, year, week, theme and place of a plan, from wherever the text says them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date

from cyberweek.plan.reader import dates
from cyberweek.plan.reader.numbers import integer
from cyberweek.plan.reader.outline import Node, Paragraph, marker_of, sentences

_NOISE = re.compile(
    r"^(?:发布(?:时间|日期|者|人|单位|机构)|来源|作者|点击|浏览|阅读|字号|打印|编辑|责任编辑|初审|时间：20\d\d-|责编|审核|分享|扫一扫|当前位置|您当前|首页|文章来源|信息来源|索引号|主题分类|版权|"
    r"附件[：:]|抄送|主送|联系人|记者|通讯员|图[:：]|\d{1,2}:\d\d)|浏览次数|点击数|责任编辑[：:]|^[【\[]?(?:字体|大 ?中 ?小)"
)
_RED = re.compile(
    r"文件$|^[\u4e00-\u9fff]{1,12}[〔\[（(【]20\d\d[〕\])）】]\s*\d+\s*号|^(?:特急|加急|平急|急件|机密|秘密|内部|公开|附件\s*\d*[:：]?$|签发人|.{0,6}红头)|^[★\d\s]+$"
)
_TITLE_END = re.compile(
    r"(?:方案|通知|安排|计划|启事|公告|通告|预案|细则|总结|意见|请示|倡议书|函|简报|办法|要点|报告|通报|一览表|日程|安排表|活动|指南|公示|邀请函|分工表|任务表)(?:[（(].{1,12}[)）])?$"
)
_BODY_START = re.compile(
    r"^(?:根据|为|各|按照|经|现将|近日|日前|由|自|随着|\d{1,2}月|今年|本报|.{0,8}讯|.{2,14}(?:：|:)$|20\d\d年\d)"
)
_WEEK_NAME = r"(?:国家)?网络(?:与信息)?安全(?:宣传|宣传教育|教育|意识)?(?:活动)?(?:周|月)|网安周|宣传周"
_QUOTE = r"[“\"「『‘](?P<theme>[^”\"」』’]{4,60})[”\"」』’]"


def title_of(found: list[Paragraph]) -> str | None:
    """The title: the first lines that are neither letterhead nor noise, joined when it is broken."""
    head = [
        each for each in found[:14] if not _NOISE.search(each.text) and not _RED.search(each.text) and not each.cells
    ]
    for index, paragraph in enumerate(head):
        if marker_of(paragraph.text) and not re.match(r"第[一二三四五六七八九十\d]+届", paragraph.text):
            break
        if len(paragraph.text) > 70 or (_BODY_START.match(paragraph.text) and not _TITLE_END.search(paragraph.text)):
            if (
                index == 0
                and len(paragraph.text) <= 70
                and "。" not in paragraph.text
                and "：" not in paragraph.text[-1:]
            ):
                return _bare(paragraph.text)
            break
        return _bare(_joined(head[index:]))
    return None


def _joined(head: list[Paragraph]) -> str:
    title = head[0].text
    for paragraph in head[1:4]:
        if _TITLE_END.search(title) or not _carries_on(title, paragraph.text):
            break
        title += paragraph.text
    return title


def _carries_on(title: str, text: str) -> bool:
    if marker_of(text) or _BODY_START.match(text) or len(text) > 40 or re.search(r"[。；：，]$", text):
        return False
    return bool(_TITLE_END.search(text)) and (
        title.startswith("关于") or len(text) <= 24 or not _TITLE_END.search(title)
    )


def _bare(title: str) -> str:
    return title.strip(" 。#*=“”" if title.count("“") != title.count("”") else " 。#*=")


def noise(text: str) -> bool:
    """Whether a line belongs to a web page around the text."""
    return bool(_NOISE.search(text)) and len(text) < 80


def year_of(title: str | None, found: list[Paragraph]) -> int | None:
    """The year of the plan: title, then the week's own year, then the signature, the number, any date."""
    if title:
        if re.search(r"20(?:xx|XX|××|__|\*\*|[xX×＊*_]{2})|[xX×]{2,4}年", title):
            return None
        if match := re.search(r"(20\d\d|二[〇○零O]..)\s*年?", title):
            return integer(match.group(1))
    text = "\n".join(each.text for each in found)
    for pattern in (
        rf"(20\d\d)年?(?:第.{{1,3}}届)?(?:[\u4e00-\u9fff]{{0,8}})(?:{_WEEK_NAME})",
        r"\n(20\d\d|二[〇○零O]..)年\S{1,3}月\S{1,3}日(?:印发)?(?=\n|$)",
        r"[〔\[（(【](20\d\d)[〕\])）】]\s*\d+\s*号",
        r"(20\d\d)[-年/.]\d{1,2}[-月/.]\d{1,2}",
        r"(20\d\d)年\d{1,2}月",
    ):
        if match := re.search(pattern, text):
            return integer(match.group(1))
    years = Counter(year for year in re.findall(r"(20[12]\d)年", text) if 2014 <= int(year) <= 2029)
    return int(next(iter(years))) if len(years) == 1 and not dates.holes(text) else None


_TIME_TITLE = re.compile(
    r"^(?:(?:活动|举办|开展|宣传|竞赛|比赛|征集|参与|参赛|答题|实施|活动开展|宣传周|征文|大赛|调查|培训|展览|总体|起止|具体)*(?:时间|日期|周期|时限))(?:安排|和主题|及主题|与主题|、主题|和地点|及地点|、地点|与地点|及方式|及形式)?$|^(?:时间|日期)(?:和|及|与|、).*|^.{0,6}主题(?:和|及|与|、)(?:活动)?时间$"
)
_TIME_LABEL = re.compile(r"(?:^|[\n。；\s])(?:[一-龥]{0,6})(?:时间|日期)[：:]\s*(?P<value>[^。；\n]{2,80})")
_THEME_TITLE = re.compile(
    r"^(?:(?:活动|宣传|竞赛|宣传周|大赛|本届|征文|年度|宣传活动|比赛|论坛|总)*主题)(?:口号)?$|^(?:时间|日期)(?:安排)?(?:和|及|与|、)(?:活动)?主题$|^(?:活动)?主题(?:和|及|与|、)(?:活动)?时间$"
)


def week_of(root: Node, year: int | None) -> tuple[str | None, str | None, int | None]:
    """First and last day of the week with the line that says so."""
    found = _under_heading(root, year) or _labelled_outside(root, year) or _week_in_sentences(root, year)
    return found if found[0] else _while_it_is_held(root, year) or _labelled_anywhere(root, year)


_Week = tuple[str | None, str | None, int | None]
_OVERVIEW = re.compile(r"概况|基本情况|总体|基本信息|主题|^活动安排$|^时间")


def _under_heading(root: Node, year: int | None) -> _Week | None:
    """What stands under 二、活动时间. The times under an activity's own heading are the activity's."""
    return _titled(root.children, year)


def _labelled_outside(root: Node, year: int | None) -> _Week | None:
    """时间：… before the first heading, or under one that speaks of the whole."""
    of_whole = [node for node in root.children if _OVERVIEW.search(node.title)]
    labelled = _labelled([*root.body, *(each for node in of_whole for each in node.paragraphs())], year)
    return labelled or _titled((child for node in of_whole for child in node.walk()), year)


def _while_it_is_held(root: Node, year: int | None) -> _Week | None:
    """（二）实施阶段（9月9日至15日）, where the work goes by phases."""
    for node in root.walk():
        if re.search(r"(?:实施|开展|活动|集中宣传|组织实施|宣传)阶段", node.title) and node.whole:
            seen = next((each for each in dates.find(node.title, year) if each.start and each.end), None)
            if seen:
                return seen.start, seen.last, node.line
    return None


def _labelled_anywhere(root: Node, year: int | None) -> _Week:
    """The first time that any part gives: a notice of one thing has no other."""
    return _titled(root.walk(), year) or _labelled(root.paragraphs(), year) or (None, None, None)


def _labelled(found: Iterable[Paragraph], year: int | None) -> _Week | None:
    for paragraph in found:
        for match in _TIME_LABEL.finditer(paragraph.text):
            if (seen := _first(match["value"], year)) and not re.search("截止|报送", match.group()):
                return seen.start, seen.last, paragraph.line_at(match.start())
    return None


def _titled(nodes: Iterable[Node], year: int | None) -> _Week | None:
    for node in nodes:
        if _TIME_TITLE.match(node.title) and (seen := _first(node.text() or "", year)):
            return seen.start, seen.last, _line_of(node, seen.text)
    return None


def _line_of(node: Node, text: str) -> int:
    for paragraph in node.paragraphs():
        at = paragraph.text.find(text)
        if at >= 0:
            return paragraph.line_at(at)
    return node.line


def _first(text: str, year: int | None) -> dates.Dated | None:
    found = [each for each in dates.find(text, year) if each.start and not each.before]
    ranges = [each for each in found if each.end and not each.vague]
    return next(iter(ranges or found), None)


def _week_in_sentences(root: Node, year: int | None) -> tuple[str | None, str | None, int | None]:
    """A range in running text: named as the week's anywhere, else only before the first heading."""
    best: tuple[int, str | None, str | None, int] | None = None
    preamble = {id(paragraph) for paragraph in root.body}
    for paragraph in root.paragraphs():
        for offset, sentence in sentences(paragraph.text):
            for seen in dates.find(sentence, year):
                score = _week_score(sentence, seen, is_preamble=id(paragraph) in preamble)
                if score and (best is None or score > best[0]):
                    best = (score, seen.start, seen.last, paragraph.line_at(offset + seen.at))
    return best[1:] if best else (None, None, None)


def _week_score(sentence: str, seen: dates.Dated, *, is_preamble: bool) -> int:
    if not seen.start or not seen.end or seen.vague or seen.before:
        return 0
    days = _span(seen)
    length = 3 if 5 <= days <= 8 else 1 if 2 <= days <= 40 else 0
    if re.search(_WEEK_NAME, sentence):
        return 4 + length
    return length if is_preamble and length == 3 else 0


def last_day(root: Node, year: int | None, *, after: str) -> tuple[str | None, int | None]:
    """The day until which the week lasts, where the text says 持续至 and nothing of its first day, with the line."""
    for paragraph in root.paragraphs():
        for seen in dates.find(paragraph.text, year):
            lasting = re.search(r"(?:持续|延续|一直)(?:开展|进行)?(?:至|到)$", paragraph.text[: seen.at])
            if lasting and seen.start and not seen.end and seen.start > after:
                return seen.start, paragraph.line_at(seen.at)
    return None, None


def _span(seen: dates.Dated) -> int:
    return (date.fromisoformat(seen.last or "") - date.fromisoformat(seen.start or "")).days + 1


def theme_of(root: Node) -> tuple[str | None, int | None]:
    """The theme with the line that says it."""
    for node in root.walk():
        if _THEME_TITLE.match(node.title) and (theme := _theme_in(node)):
            return theme, node.line
    patterns = (
        rf"以[：:]?{_QUOTE}为(?:活动)?主题",
        rf"主题(?:[为是]|确定为)?[：:]?\s*[为是]?{_QUOTE}",
        r"(?:^|[\n。；\s])(?:[一-龥]{0,6})主题[：:]\s*(?P<theme>[^。；\n]{4,60})",
        rf"围绕{_QUOTE}(?:这一|的)?(?:活动|宣传)?主题",
        r"主题(?:为|是)(?P<theme>网络[^。；\n“]{4,40})",
        rf"{_QUOTE}(?:的|这一)?(?:活动|宣传)?主题",
    )
    for pattern in patterns:
        for paragraph in [*root.paragraphs()]:
            if (match := re.search(pattern, paragraph.text)) and not re.search(r"日[”]?$", match["theme"]):
                return clean_theme(match["theme"]), paragraph.line_at(match.start("theme"))
    return None, None


def _theme_in(node: Node) -> str | None:
    text = node.text()
    label = re.search(r"主题[：:]\s*(?P<theme>[^。；\n]{4,60})", text)
    quote = re.search(_QUOTE, text)
    if label:
        return clean_theme(label["theme"])
    if quote and not re.search("时间", text[: quote.start()]):
        return clean_theme(quote["theme"])
    line = next((each for each in text.split("\n") if each.strip()), "")
    return clean_theme(line) if 4 <= len(line) <= 60 and "时间" not in line and not dates.holes(line) else None


def clean_theme(text: str) -> str | None:
    """A theme without its quotation marks and stop."""
    text = re.sub(r"^(?:本次|今年)?(?:活动)?(?:的)?主题(?:为|是)[：:]?", "", text.strip())
    text = text.strip(" 。；;：:")
    if text[:1] in '“"「『' and text[-1:] in '”"」』' and text.count("“") <= 1:
        text = text[1:-1]
    return text or None


def place_of(title: str | None, found: list[Paragraph]) -> tuple[str, str]:
    """The place that the plan is for and its level: (重庆, 市)."""
    text = title or ""
    match = re.search(
        r"(?:20\d\d|20..)?年?(?:国家)?(?:网络安全宣传周)?(?P<place>[\u4e00-\u9fff]{2,6}?)(?P<level>省|市|自治区|自治州|县|区|州|旗)(?!级)",
        text,
    )
    if match and match["place"] not in ("国家", "年国家", "关于开展"):
        place = re.sub(r"^(?:年|关于|印发|《|开展|举办|在)+", "", match["place"])
        return place, match["level"][-1]
    match = re.search(r"年(?P<place>(?!国家|全国|度)[\u4e00-\u9fff]{2,3}?)(?:国家)?网络安全", text)
    body = "".join(each.text for each in found)
    level = Counter(re.findall(r"[省市县区州](?=委|教育局|公安局|教委|网信)", body)).most_common(1)
    return (match["place"] if match else ""), (level[0][0] if level else "市")
