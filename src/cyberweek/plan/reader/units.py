"""Which words name a unit, how lists of units are split, and when two names mean one unit."""

from __future__ import annotations

import re
from collections.abc import Iterable

_END = (
    r"网信办|网信委|网信局|宣传部|组织部|统战部|政法委|党委|纪委|工委|团委|党支部|支部|总支|管委会|居委会|村委会|组委会|消委会|"
    r"委员会|常委会|理事会|协会|学会|联合会|研究会|商会|总会|基金会|促进会|学生会|工会|妇联|团市委|团省委|团区委|团县委|团州委|"
    r"科协|文联|社科联|残联|侨联|工商联|联盟|办公室|营管部|营业管理部|工作部|保卫部|学生部|工程部|技术部|科技部|学工部|教务部|"
    r"委|办|局|厅|署|处|科|室|所|站|院|(?<!全)(?<!内)(?<!干)(?<!局)(?<!外)(?<!队)部|中心|公司|集团|银行|分行|支行|总行|信用社|联社|"
    r"农商行|学校|大学|中学|小学|高中|初中|职高|幼儿园|学院|书院|院系|党校|研究院|医院|卫生院|法院|检察院|报社|电视台|广播台|"
    r"总台|电台|融媒体|通讯社|日报|晚报|出版社|合作社|总队|支队|大队|中队|派出所|社区|街道|街道办|乡镇|镇街|图书馆|博物馆|"
    r"科技馆|文化馆|少年宫|政府|人大|政协|团中央|共青团中央|联社|海关|机场|电信|移动|联通|铁塔|广电|供电|邮政|烟草|人行|领导小组|工作组|协调小组|专班|"
    r"指挥部|秘书处|园区|开发区|高新区|新区|示范区|经开区|旗|盟|县|区|市|州|省|镇|乡|村|校团委|红十字会|新华网|人民网|华龙网|"
    r"新闻网|学生在线|大数据|(?:教研|信息|美术|语文|数学|英语|体育|音乐|科学|综合|德育|后勤|宣传|技术|教学|安全)组|大队部|班主任|年级组|年级|班级|车间|班组|分会|兵团|商务区|景区|警务室|事务所|志愿者|俱乐部|社团|战队"
)
_GROUP = (
    r"(?:企业|部门|单位|机构|高校|学校|院校|媒体|区县|县区|市县|乡镇|镇街|街道|社区|网点|运营商|支部|班级|年级|党组织|团支部|"
    r"县（市、区）|区（市）县|区市县|市州|市（州）|区县（自治县）|科室|处室|行业|学院|书院|分公司|子公司|分行|支行|成员单位|网站)"
)
_UNIT = re.compile(rf"[\u4e00-\u9fffA-Za-z0-9·×（）()、]{{0,30}}?(?:{_END}|{_GROUP})(?:[（(][^（）()]{{1,14}}[)）])?")
_COLLECTIVE = re.compile(
    rf"^(?:各|全[市省县区校行院体](?!总)|有关|相关|所有|其他|其它|市级有关|市级|省级|区级|县级|本|校内|局属|市直|省直|县直|区直).*(?:{_END}|{_GROUP})"
    r"|^(?:有关|相关)|^.{0,4}(?:有关|相关|各)(?:部门|单位|行业)"
)
_BARE = re.compile(
    rf"^(?:(?:营业|基层|网络|市属|国有|金融|互联网|电信|基础电信|重点|省级|市级|新闻|中小)*{_GROUP}|学生|居民|市县|省|市|县|区|镇|乡|村|州|公司|集团|银行|医院|中心|大学|委|办|局|部|处|科|室|所|站|院)$"
)
_NOT = re.compile(
    r"活动|宣传周|网安周|知识|网民|群众|组织(?!部|人事|科|处)|开展|举办|举行|主办|承办|协办|牵头|指导(?!中心|委|办|站)|负责|通过|进行|期间|范围|面向|主题|"
    r"(?<!华)为|了|将|请|于|由(?!县)|(?<![青少])年(?![级宫])|\d日|时间|时候|对(?!外)|在(?!线|职)|把|被|以(?!岭)|是|与会|参加|观看|参与|并|我(?!校|院|行|市|县|区|省|局|公司|馆)|"
    r"结合|根据|按照|利用|使用|推动|深入|加强|提高|提升|走进|来自|包括|以及|等|今年|本次|此次|这|那|每|围绕|依托|聚焦|联合(?!会|大|国|办)|(?<!目)的(?!里)|不|"
    r"进(?!出|修|贤|步|口)|充分|积极|认真|主要|具体|重点(?!实验)|工作(?!委|组|部|办|领导|专班|局|处|站|室|人员)|安全(?:防线|意识|防护)|宣传(?!部|处|科|教育中心|中心|办|统战|思想|组|委|教育处|教育科|与|文化)|"
    r"到(?!家)|从|使|让|给|向|所(?=[^、]{2,})(?<!派出所)(?<!研究所)(?<!事务所)|^一|^有(?!关|限)|^和|^与|^及|^日|^上午|^下午|^同"
)
_ETC = re.compile(
    r"(?:等)?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|多)?(?:家|个)?(?:有关|相关|多家|多个)?(?:部门|单位|机构)?(?:负责人|负责同志|分管领导|领导|代表)?(?:参加|等)?$"
)
_FULL_FORMS = (
    (re.compile(r"网络安全和信息化(?:委员会|领导小组)?办公室|互联网信息办公室"), "网信办"),
    (re.compile(r"网络安全和信息化委员会"), "网信委"),
    (re.compile(r"中国人民银行|人民银行"), "人行"),
    (re.compile(r"共青团(.{0,6}?)(省|市|区|县|州)委(?:员会)?$"), r"\1团\2委"),
    (re.compile(r"妇女联合会"), "妇联"),
    (re.compile(r"公安局(.{1,4})分局"), r"\1公安分局"),
    (re.compile(r"(?<=委)宣传部"), "宣传部"),
    (re.compile(r"(?<=.)股份有限公司$|(?<=.)有限责任公司$|(?<=.)有限公司$"), "公司"),
    (re.compile(r"委员会$"), "委"),
    (re.compile(r"管理局$"), "局"),
    (re.compile(r"营业管理部$"), "营管部"),
    (re.compile(r"(?<=[省市县区])委网信"), "网信"),
    (re.compile(r"^中共"), ""),
)


def is_unit(text: str) -> bool:
    """Whether a piece of text is the name of one unit (or of a group of units)."""
    if (
        not 2 <= len(text) <= 32
        or text.count("（") != text.count("）")
        or (_NOT.search(text) and not _special(text))
        or ("、" in text and "（" not in text)
    ):
        return False
    return bool(_UNIT.fullmatch(text)) and (len(text) > 2 or text in ("人行", "妇联", "工会", "团委", "党委", "科协"))


def _special(text: str) -> bool:
    return bool(
        re.fullmatch(r"中国大学生在线|市委网信委|.{0,8}(?:联合会|联合国.{0,6})|.{2,10}(?:对外|在线).{2,8}", text)
    ) and not re.search(r"开展|组织|举办|指导", text)


def is_collective(name: str) -> bool:
    """Whether a name stands for many units: 各区县网信办, 有关部门, 企业."""
    return bool(_COLLECTIVE.match(name) or _BARE.match(name))


def split(text: str, *, trusted: bool = False) -> list[str]:
    """Split a list of units. Untrusted text (before a verb) gives nothing unless every part is a unit.

    Trusted text stands after a label such as 主办单位： and may hold names that no rule knows.
    """
    text = _without_etc(text.strip(" ：:。；;，,、"))
    parts = [part for piece in _pieces(text) for part in _conjoined(piece)]
    if trusted:
        return list(dict.fromkeys(part for part in (_plain(part) for part in parts) if _plausible(part)))
    return list(dict.fromkeys(parts)) if parts and all(is_unit(part) for part in parts) else []


def _plain(part: str) -> str:
    return re.sub(r"^(?:由|以及|及|和|与|另)", "", part.strip(" ：:。；;，,、")).removesuffix("等")


def _plausible(part: str) -> bool:
    return 2 <= len(part) <= 40 and not re.search(r"[，。；：:？！《》]|开展|举办|活动$|时间|^\d+$|^[xX×]+$", part)


def _without_etc(text: str) -> str:
    return re.sub(
        r"(?:等(?:\d{1,3}|[一二三四五六七八九十]{1,3}|多|有关|相关|部分)?(?:家|个)?(?:多)?(?:有关|相关)?(?:部门|单位|机构|部委)?|\d{1,3}(?:家|个)?(?:部门|单位|部委))$",
        "",
        text,
    )


def _pieces(text: str) -> list[str]:
    """Split at separators that stand outside brackets; a space only when both sides are units."""
    kept = re.sub(r"[（(][^（）()]*[)）]", lambda found: found.group().replace("、", "\0").replace("，", "\0"), text)
    pieces = [piece.replace("\0", "、").strip() for piece in re.split(r"[、，,；;/\n]", kept)]
    return [word for piece in pieces if piece for word in _spaced(piece)]


def _spaced(piece: str) -> list[str]:
    words = piece.split()
    return words if len(words) > 1 and all(is_unit(word) for word in words) else [piece.replace(" ", "")]


def _conjoined(piece: str) -> list[str]:
    for match in re.finditer(r"以及|会同|联合(?!会|国|大|办)|和|与|及", piece):
        left, right = piece[: match.start()], piece[match.end() :]
        if is_unit(left) and (is_unit(right) or len(_conjoined(right)) > 1) and not _one_name(left, right):
            return [left, *_conjoined(right)]
    return [piece]


def _one_name(left: str, right: str) -> bool:
    """市委和 (政府), 区委区政府: a bare level word left of 和 is half of a name."""
    return len(left) == 1 or (left.endswith(("市", "县", "区", "省")) and right[:2] in ("信息", "改革", "社会"))


def subject(text: str) -> list[str]:
    """The units at the end of a piece of text that stands before a verb."""
    chunk = re.split(
        r"[。；，,：:;！？!\n“”《》]|（(?![^）]*）)|由|(?<=\d)日|期间|届时|要求|(?<=中)，|当天|上午|下午|(?<!主)(?<!支)题为",
        text,
    )[-1]
    chunk = re.sub(
        r"(?:联合|共同|具体|负责|统一|统筹|积极|分别|将|还|也|均|共|先后|同步|同时|主动|精心|认真|相关负责同志|重点|主要|集中|自行|组织|已|拟|应|要|将会|一起|开始)+$",
        "",
        chunk.strip(),
    )
    chunk = re.sub(
        r"^(?:此次|本次|今年|该|在此期间|同时|其中|另外|此外|和|与|及|以及|由|即|从|是|经|、|另由|据悉|)+", "", chunk
    )
    units = split(chunk) or split(
        re.sub(r"(?<=.)(?:在|于|拟于|定于)[^，。]{2,24}$|(?<=.)(?:通过|面向|利用|按照|根据)[^，。]{2,24}$", "", chunk)
    )
    return units or (split(chunk[1:]) if chunk[:1] in "请让使" else [])


def collective_row(names: Iterable[str]) -> bool:
    """Whether a row of the division of tasks speaks of many units under one name."""
    return any(is_collective(name) for name in names)


def key(name: str, place: str, level: str) -> str:
    """Equal keys mean one unit: 重庆市互联网界联合会 and 市互联网界联合会 in a plan of Chongqing."""
    text = re.sub(r"\s|[“”]", "", name)
    for pattern, short in _FULL_FORMS:
        text = pattern.sub(short, text)
    if place and text.startswith(place):
        rest = text[len(place) :]
        text = rest if rest[:1] in "省市县区州" and len(rest) > 2 else level + rest
    return re.sub(r"^([省市县区州])\1?委(?=网信|宣传|组织|政法|统战)", r"\1", text)
