"""Which headings, rows and sentences of a plan are activities, and what each says of when, where and who."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from cyberweek.plan.reader import dates, kinds, wording
from cyberweek.plan.reader.outline import Node, sentences
from cyberweek.plan.reader.tables import Table
from cyberweek.plan.reader.understood import Activity

_SECTION = re.compile(
    r"^(?!.*(?:要求|保障|组织领导|目标|宣传内容|宣传重点|重点内容|对象|时间|意义|目的|(?<![及和与])分工|奖|总结|成效))"
    r".*(?:活动|宣传)?(?:(?:活动|宣传)(?:内容|安排|形式|方式|项目|板块|举措|任务|日程|事项|计划)?|主要内容|工作内容|重点任务|主要任务|工作任务|具体安排|实施内容|工作安排|主要安排|日程安排|具体内容|内容(?:和|及|与)形式|重点工作|具体任务|内容安排|工作措施|形式内容|系列活动|内容及形式|实施步骤及内容)(?:及(?:要求|安排|形式|时间|内容|分工|责任单位|责任分工|方式)|和(?:要求|形式|安排|方式|分工)|与(?:形式|安排|分工))?$"
)
_CONTENT = re.compile(r"主要内容|工作内容|重点任务|主要任务|工作任务|任务|措施|重点工作|内容")
_ASIDE = re.compile(
    r"^(?:.*(?:时间|对象|要求|奖项|奖励|组织领导|联系方式|注意事项|指导思想|目的|意义|活动主题|参与方式|参赛方式|评选办法|工作目标|总体要求|评分|报名|组织机构|总结|加强领导|提高认识|高度重视|组织保障|报送)(?:安排|设置|办法|方式|单位)?|(?:加强|强化|提高|高度|确保|严格|落实|做好|注重|严明|及时|按时|认真|精心|统一|明确|压实|坚持|营造|突出|规范|严守|务必)[\u4e00-\u9fff].*|主题|地点|对象|内容|形式|目标|.*(?:主办|承办|牵头|指导|协办)单位)$"
)
_PREACH = re.compile(
    r"^(?:深入|广泛|大力|重点)?(?:宣传|学习|贯彻|普及|阐释|解读)(?:宣传|贯彻)?(?:习近平|党的|《|网络强国|法律|国家|落实|网络安全法)"
)
_GROUP = re.compile(
    r"^(?:线上|线下|市级|省级|县级|区级|校级|院级|全国性|重点|主题|特色|系列|常规|集中|专项|市本级|区县|基层|自选|规定|国家|配套|行业|其他|院系|主要|校园|日常)+(?:宣传)?(?:教育)?(?:活动|动作|宣传|部分|层面|项目)(?:安排)?$"
)
DAY = re.compile(
    r"(?P<quote>[“\"「]?)(?P<name>(?:校园|教育|电信|法治|法制|金融|青少年|个人信息保护|个人信息安全|政务|科技|网络文明|数据安全|工业互联网|社区|家庭|企业|医疗|交通|卫生健康|巾帼|少年|智慧城市|农村|乡村|机关|妇女|职工|商圈|公众体验|互联网企业|志愿服务|启动|"
    r"普法|反诈|国企|文旅|军营|行业|媒体|网信|民生|银发|国资|基层|退役军人)(?:主题|宣传|活动)?日|(?<=[“\"「])[\u4e00-\u9fff]{2,8}(?:主题)?日(?=[”\"」])|(?<=[、，。：“\s])[\u4e00-\u9fff]{2,7}主题日)(?![报常期前后内均志子])"
)
NOT_DAY = re.compile(
    r"^(?:工作|次|当|每|近|今|同|即|昨|明|生|节|宣传|.*(?:系列|六大|大|个|等|的|各|展开|开展|举办|组织)(?:主题)?|各项)?(?:主题)?日$|(?:期间|今年|举办|开展|包括|六个|以及|安排)"
)
_LEAD = re.compile(
    r"^(?:组织开展|精心组织|组织举办|积极开展|广泛开展|深入开展|扎实开展|集中开展|认真开展|统一开展|开展好|开展|举办好|举办|举行|组织参加|组织好|组织(?=一次|一场|一期|[“网安全《校师学反])|召开|参加|参与|推出|制作发布|抓好|搞好|办好|上好(?=[“网]))(?:一次|一场|一期|一系列|系列|一批|一堂)?(?=.{4,})"
)
_BRACKET = re.compile(
    r"[（(]([^（）()]*(?:\d{1,2}月|\d日|系列活动|单位|部门|牵头|负责|时间|责任|主办|承办|[xX×]月|待定|线上|线下)[^（）()]*)[)）]"
)
PHASE = re.compile(r"^(?:第[一二三四五]阶段|[\u4e00-\u9fff]{2,8}阶段)(?:[：:].{0,20})?$")
_BESIDE = re.compile(r"筹备|准备|部署|动员|策划|总结|验收|上报")
_PLACE_LABEL = re.compile(
    r"(?:^|[\s。；，,（(;\n]|(?<=\d))(?:活动|举办|展览|比赛|竞赛|培训|会议|主会场|现场|展出|集合)?(?:地点|场所|会场|地址|场地)[：:]\s*(?P<place>[^。；;\n，]{2,40}?)(?=\s+[\u4e00-\u9fff]{2,6}[：:]|[。；;\n，]|$)"
)
_PLACE = re.compile(
    r"在(?P<place>[^，。；：、在“”]{2,32}?)(?:以.{2,12}方式|线上线下)?(?:正式|隆重|同步|顺利|成功|集中|联合|统一|共同|现场|圆满|组织|设立)*(?:举行|举办|召开|启动|开幕|揭幕|拉开帷幕|拉开序幕|开展|设立|设置|布展|展出|设|组织|搭建)"
)
_NO_PLACE = re.compile(
    r"范围|期间|领导|指导|基础|全国各地|全市$|全省$|全国$|全校$|全县$|全区$|支持|各地|之际|前后|时间|过程|\d日|方面|框架|背景|配合|部署|帮助|平台开|活动中|协助|"
    r"网络安全|统一|上午|下午|内$|本地|会上|同时|^(?:各|此|全).{0,6}$|推动|行业$|宣传周|系统$|公众号|微信|抖音|微博|网站|客户端|APP|栏目|专栏|线上$|媒体|每|所有|组织"
)
_TIME_LABEL = re.compile(
    r"(?:^|[\s。；，,（(;\n])(?![\u4e00-\u9fff]{0,6}(?:截止|完成|报名|投稿|报送))[\u4e00-\u9fff]{0,6}(?:时间|日期|时限)(?:安排)?[：:]\s*(?P<value>[^。；;\n）)]{2,60})"
)


@dataclass
class Found:
    """An activity with the source lines that it was read from."""

    activity: Activity
    lines: list[int]
    node: Node | None = None
    text: str = ""
    days: list[Node] = field(default_factory=list)


def name_of(title: str) -> str:
    """The name of an activity without verb, date, number and stops."""
    name = _BRACKET.sub("", title).strip(" 。；;：:，,.—-")
    name = re.sub(r"^\d{1,2}月\d{1,2}日(?:[-—–~～至到]{1,2}(?:\d{1,2}月)?\d{1,2}日)?[，,：:\s]*", "", name)
    if len(name) > 22 and (match := re.match(r"(?P<head>.{4,22}?)[，,；]", name)) and not _open(match["head"]):
        name = match["head"]
    name = _LEAD.sub("", name)
    if re.fullmatch(r"[“\"][^“”\"]+[”\"]", name):
        name = name[1:-1]
    return name


def _open(text: str) -> bool:
    return any(text.count(left) != text.count(right) for left, right in ("（）", "“”", "《》"))


def place_in(text: str) -> str | None:
    """The place that a text names: after a label, or between 在 and a verb of holding."""
    if match := _PLACE_LABEL.search(text):
        return (
            match["place"].strip(" 。）)")
            if not dates.holes(match["place"]) and "待定" not in match["place"] and "另行" not in match["place"]
            else None
        )
    for match in _PLACE.finditer(text):
        place = match["place"].strip()
        if not _NO_PLACE.search(place) and not re.search(r"^(?:线上|校内|网上|\d)", place):
            return place
    return None


def date_in(text: str, year: int | None) -> str | None:
    """When an activity is: after a label, else the first date that is no deadline."""
    labelled = _TIME_LABEL.search(text)
    for piece in ([labelled["value"]] if labelled else []) + [text]:
        seen = [each for each in dates.find(piece, year) if each.start and not _is_limit(piece, each)]
        precise = [each for each in seen if not each.vague] or seen
        if precise:
            return precise[0].iso
    return None


def _is_limit(text: str, seen: dates.Dated) -> bool:
    if not seen.before:
        return bool(re.search(r"(?:报名|截稿|投稿|提交|报送)(?:截止|时间|日期)?[：:为]?$", text[: seen.at]))
    return not re.search(r"即日起(?:至|到|-|—+)$", text[max(0, seen.at - 6) : seen.at])


def from_text(
    name: str, text: str, *, no: int | None, year: int | None, lines: list[int], node: Node | None = None
) -> Found:
    """Read one activity from its name and its text."""
    roles = wording.read(text)
    activity = Activity(
        no, name, kinds.of(name, text), date_in(text, year), place_in(text), roles.hosts, roles.guides, roles.organisers
    )
    return Found(activity, lines, node, text)


def from_node(node: Node, year: int | None) -> Found:
    """Read one activity from a heading and what stands under it."""
    brackets = " ".join(f"（{inner}）" for inner in _BRACKET.findall(node.title))
    title = node.title or _first_clause(node)
    text = "\n".join(part for part in (brackets, *_extra(title), node.text()) if part)
    found = from_text(name_of(title), text, no=node.no, year=year, lines=node.lines(), node=node)
    for child in node.children:
        _from_label(child, found.activity, year)
    return found


def _first_clause(node: Node) -> str:
    text = node.whole.text if node.whole else ""
    text = re.sub(r"^[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*", "", text)
    return re.split(r"[，。；：,:;]", text)[0][:40]


def _extra(title: str) -> list[str]:
    """The heading itself speaks when it is a sentence: 由…牵头, 在…举行."""
    return [title] if re.search(r"由.+(?:牵头|主办|承办)|在.+举[行办]|\d月\d{1,2}", title) else []


def _from_label(child: Node, activity: Activity, year: int | None) -> None:
    """Take a child heading such as （一）活动时间 or 2.承办单位."""
    roles = wording.Roles(activity.hosts, activity.guides, activity.organisers)
    if wording.labelled(child.title, child.text(), roles):
        activity.hosts, activity.guides, activity.organisers = roles.hosts, roles.guides, roles.organisers
    elif re.search(r"时间|日期", child.title) and not re.search("截止|报送|报名", child.title):
        activity.date = date_in(child.text(), year) or activity.date
    elif re.search(r"地点|场所|场地", child.title) and len(child.text()) <= 40:
        activity.place = child.text().strip(" 。") or activity.place


def of_tree(root: Node) -> Iterator[Node]:
    """The headings that are activities."""
    yielded = False
    for section in root.children:
        if _is_section(section):
            for node in _members(section):
                yielded = True
                yield node
    if not yielded:
        yield from _top_level(root)


def _is_section(node: Node) -> bool:
    title = _BRACKET.sub("", node.title)
    if _SECTION.match(title) and node.children and not re.search(r"组织|启动仪式", title):
        return bool(not _CONTENT.search(title) or re.search("活动", title) or _mostly_activities(node))
    return False


def _mostly_activities(node: Node) -> bool:
    titles = [child.title for child in node.children]
    good = [
        title
        for title in titles
        if title and not _PREACH.match(title) and kinds.of(title) != "other" and not _ASIDE.match(title)
    ]
    return len(good) * 2 >= len(titles)


def _members(section: Node) -> Iterator[Node]:
    for child in section.children:
        title = name_of(child.title)
        if PHASE.match(title):
            if not _BESIDE.search(title):
                yield from _members(child)
        elif len(child.children) >= 2 and _GROUP.match(title) and not _day_children(child):
            yield from _members(child)
        elif (child.title and _ASIDE.match(title) and not kinds.single(title)) or (
            _PREACH.match(title) and not child.children and kinds.of(title) in ("other", "outreach", "classroom")
        ):
            continue
        else:
            yield child


def _day_children(node: Node) -> bool:
    return sum(1 for child in node.children if DAY.search(child.title)) >= 2


_LABELLED = re.compile(r"(?:^|\n)(?:活动)?(?:时间|地点|责任(?:单位|部门|科室)|牵头(?:单位|部门)|主办单位)[：:]")


def _top_level(root: Node) -> Iterator[Node]:
    """Top headings that are activities themselves: each has a kind, and most have a time, place or owner."""
    able = [
        node
        for node in root.children
        if node.title
        and not _ASIDE.match(node.title)
        and not _PREACH.match(node.title)
        and not wording.HEADING.match(node.title)
    ]
    able = [
        node
        for node in able
        if (kinds.of(name_of(node.title)) != "other" or kinds.single(node.title) or _LABELLED.search(node.text()))
        and len(node.title) <= 36
        and not re.search(
            r"目标|组织(?:领导|机构|保障|实施|管理|架构|协调|方式)|保障|要求|，“|重点内容|宣传内容|内容$|方式$|形式$|营造.*氛围",
            node.title,
        )
    ]
    strong = [
        node
        for node in able
        if re.search(r"(?:时间|地点|责任|牵头|主办|承办|形式|内容|活动)(?:单位|部门)?[：:]|由.+牵头", node.text())
        or dates.find(node.text(), 2024)
    ]
    if len(able) >= 2 and strong:
        yield from able


_PRESS_LIST = re.compile(
    r"(?:组织开展|集中开展|包括|包含|举办|开展|推出|设置|有(?!关|限|奖|效|序|力)|安排|举行)(?:了)?(?P<list>[^。；]{6,200}?)等(?:\d+|[一二三四五六七八九十]+|多)?(?:项|场|个)?(?:重点|重要|系列|丰富多彩的?|主题|特色|配套|线上线下|精彩|宣传)*活动"
)
_PRESS_NAME = re.compile(
    r"(?:论坛|竞赛|大赛|比赛|博览会|体验展|展览|展|征集|课堂|讲座|招聘会?|培训|沙龙|答题|问答|挑战赛|进(?:基层|社区|校园|学校|企业|机关|农村|乡村|家庭|军营|商圈|网点)|[三四五六七八九十]进|调查|游戏|仪式|大会|研讨会|公开课|决赛|专场|宣讲|巡展|演练|研讨|对话)(?:活动|专场活动)?$"
)
_HELD = re.compile(
    r"(?:举办|举行|组织|开展|召开)(?:了)?(?P<name>[^，。；、]{0,3}[“《]?[^，。；、]{3,30}?(?:论坛|竞赛|大赛|比赛|博览会|体验展|作品征集|知识问答|知识答题|讲座|沙龙|挑战赛|应急演练))(?:活动)?(?=[，。；、]|$)"
)


_DATED_LINE = re.compile(
    r"^(?:(?:周|星期)[一二三四五六日天](?:[（(][^（）()]{2,14}[)）])?|\d{1,2}月\d{1,2}日(?:[（(][^（）()]{2,8}[)）])?)(?:[上下]午)?[：:]\s*(?P<what>.{4,})"
)


def of_dated_lines(root: Node, year: int | None) -> list[Found]:
    """The activities of a plan that goes day by day: 周一（9月11日）：国旗下讲话…; fewer than three lines are no calendar."""
    found = []
    for paragraph in root.paragraphs():
        match = None if paragraph.cells else _DATED_LINE.match(paragraph.text)
        if match and not days_only(match["what"]):
            name = name_of(re.split(r"[。，；]", match["what"])[0])
            day = re.sub(r"[：:]", " ", paragraph.text[: match.start("what")])
            found.append(from_text(name, f"{day}\n{match['what']}", no=None, year=year, lines=paragraph.lines))
    return found if len(found) > 2 else []


def days_only(text: str) -> bool:
    """Whether a dated line names a theme day and nothing else."""
    return bool(re.match(rf"[^。，；]*?(?:{DAY.pattern})", text)) and len(re.split(r"[。，；]", text)[0]) <= 12


def of_sentences(root: Node, year: int | None) -> list[Found]:
    """The activities that running text lists: 举办高峰论坛、…等活动."""
    found: dict[str, Found] = {}
    for paragraph in root.paragraphs():
        for offset, sentence in sentences(paragraph.text):
            for name in _listed(sentence):
                line = paragraph.line_at(offset)
                found.setdefault(name, Found(Activity(None, name, kinds.of(name)), [line]))
            for match in _HELD.finditer(sentence):
                name = name_of(re.sub(r"^了|^(?:一场|首场|系列)", "", match["name"]))
                if name and not any(name in each or each in name for each in found):
                    found[name] = from_text(name, sentence, no=None, year=year, lines=[paragraph.line_at(offset)])
    return list(found.values())


def _listed(sentence: str) -> list[str]:
    match = _PRESS_LIST.search(sentence)
    if not match:
        return []
    names = [name_of(part) for part in re.split(r"[、，,]|以及|(?<=[赛展坛])和", match["list"])]
    good = [name for name in names if _PRESS_NAME.search(name) and 3 <= len(name) <= 30 and not DAY.search(name)]
    return good if len(good) >= 2 or len(good) == len(names) else []


def of_table(table: Table, year: int | None) -> Iterator[Found]:
    """The activities that the rows of a schedule list."""
    for cells, line in table.rows:
        name = name_of(re.split(r"\n", table.cell(cells, "name", "tasks"))[0])
        if not name or DAY.fullmatch(name) or len(name) > 60:
            continue
        roles = wording.Roles()
        for at, kind in enumerate(table.columns):
            role = {"units": "hosts"}.get(kind, kind)
            if role in ("hosts", "guides", "organisers") and at < len(cells):
                roles.add(role, wording.units.split(cells[at].replace("\n", "、").replace(" ", "、"), trusted=True))
        number = table.cell(cells, "no")
        text = " ".join(cells)
        place = table.cell(cells, "place") or None
        day = date_in(table.cell(cells, "date", "limit"), year)
        yield Found(
            Activity(
                int(number) if number.isdecimal() else None,
                name,
                kinds.of(name, text),
                day,
                place,
                roles.hosts,
                roles.guides,
                roles.organisers,
            ),
            [line],
        )


def single_name(title: str | None) -> str | None:
    """The activity that a notice is about, when it is about one."""
    match = re.search(
        r"关于(?:组织|联合|统一|集中)?(?:开展|举办|举行|参加|组织|征集|启动|做好|召开|印发)?(?P<name>.+?)(?:的)?(?:活动)?(?:的)?(?:通知|公告|启事|通告|方案|函|预告)$",
        title or "",
    )
    name = (
        match["name"]
        if match
        else re.sub(r"(?:活动)?(?:实施|工作|活动|总体|组织)*(?:方案|通知|公告|启事|规则|安排|邀请函)$", "", title or "")
    )
    name = name.strip("《》").removesuffix("的")
    tail = re.split(r"宣传周|网安周", name)[-1]
    if not name or not kinds.single(tail or name) or DAY.search(tail) or len(name) > 60:
        return None
    return re.sub(r"^(?:开展|举办|组织开展|组织|参加)", "", name)
