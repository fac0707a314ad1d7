"""Who does what, by the wordings of official texts: 由…牵头, 主办单位：, …指导…组织."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from cyberweek.plan.reader import units
from cyberweek.plan.reader.outline import sentences

_WHO = r"(?:单位|部门|方|科室|处室|机构|主体|学院|组织|股室|系部)"
_HOST = rf"(?:联合)?主办{_WHO}?|牵头(?:责任)?{_WHO}?|责任{_WHO}|负责{_WHO}|主责{_WHO}|主管{_WHO}|联合举办{_WHO}?|发起{_WHO}|举办{_WHO}|责任人|负责人?(?=[：:])|组织领导单位|主要负责{_WHO}"
_ORGANISER = rf"承办{_WHO}?|协办{_WHO}?|组织{_WHO}|实施{_WHO}|执行{_WHO}|配合{_WHO}?|协同{_WHO}|联办{_WHO}?|具体承办{_WHO}?|协助{_WHO}|支持{_WHO}|技术支持(?:{_WHO})?|落实{_WHO}"
_GUIDE = rf"(?:业务|联合)?指导{_WHO}?"
LABEL = re.compile(
    rf"(?:^|(?<=[\s。；;，,（(、\n【])|(?<=[\u4e00-\u9fff])(?=(?:主办|承办|牵头|协办|责任|指导)(?:单位|部门)))"
    rf"(?:(?P<host>{_HOST})|(?P<organiser>{_ORGANISER})|(?P<guide>{_GUIDE}))(?:及分工)?(?:[：:]|】[：:]?)\s*"
)
HEADING = re.compile(rf"^(?:(?P<host>{_HOST})|(?P<organiser>{_ORGANISER})|(?P<guide>{_GUIDE}))$")
_OTHER_LABEL = r"(?:完成时限|完成时间|活动时间|时间|地点|参与对象|参加对象|对象|参加人员|参与单位|参加单位|联系人|电话|备注|内容|活动内容|活动形式|形式|要求)[：:]"
_VALUE_END = re.compile(
    rf"[。；;）)\n】]|[，,、\s](?={_OTHER_LABEL})|[，,\s](?=(?:{_HOST}|{_ORGANISER}|{_GUIDE})[：:])|$"
)
_VERB = re.compile(
    r"(?:(?P<joint>联合|共同|携手)?(?:负责)?(?P<host>牵头|主办|举办|举行|发起|主持|负责|统筹(?!协调机制))|(?P<organiser>承办|协办|配合|协助|具体实施|组织|开展|制作|实施|推出|编印|启动|发布|征集|创作|落实|承接|参与实施))"
)
_RIGHT = re.compile(
    r"组织|开展|举办|制作|承办|主办|实施|聚焦|面向|牵头|建设|推出|启动|征集|围绕|具体|负责|会同|进行|做好|共同|依托|结合|在(?!线)|通过|编制|策划|联合(?!会|大学|国)|于|利用|发送|发布|播放|张贴|推送|投放|[，。]"
)
_UNDER = re.compile(
    r"在(?P<who>[^，。；在]{2,60}?)(?:等)?(?:有关|相关)?(?:部门|单位)?(?:的)?(?:统一|具体|精心|大力|有力|共同|联合)?指导(?:和支持|与支持|、支持)?下"
)
_DIRECT = re.compile(
    r"(?:统筹|具体|业务|联合|共同)?指导(?!性|意见|单位|思想|和督促|督促|思想|员|教师|老师|下|中心|手册)"
)


@dataclass
class Roles:
    """Who hosts, guides and organises, each in the order of the text."""

    hosts: list[str] = field(default_factory=list)
    guides: list[str] = field(default_factory=list)
    organisers: list[str] = field(default_factory=list)

    def add(self, role: str, names: list[str]) -> None:
        """Add names that are not yet there."""
        have = getattr(self, role)
        have += [name for name in names if name not in have]

    def everyone(self) -> list[str]:
        """All names, hosts first."""
        return list(dict.fromkeys([*self.hosts, *self.organisers, *self.guides]))


def read(text: str) -> Roles:
    """Read the roles of a passage: labels first, then verbs sentence by sentence."""
    roles = Roles()
    rest = _labels(text, roles)
    for _, sentence in sentences(rest):
        _verbs(sentence, roles)
    _narrow(roles)
    return roles


def labelled(label: str, value: str, roles: Roles) -> bool:
    """Take a label and its value apart from running text (a heading, a table column)."""
    match = HEADING.match(label.strip("：: "))
    if match:
        roles.add(f"{match.lastgroup}s", units.split(value.replace(" ", "、"), trusted=True))
    return bool(match)


def _labels(text: str, roles: Roles) -> str:
    """Take the labelled lists out of a text and return what is left."""
    left, at = [], 0
    while match := LABEL.search(text, at):
        stop = _VALUE_END.search(text, match.end())
        end = stop.start() if stop else len(text)
        value = text[match.end() : end]
        if not value.strip() and end < len(text) and text[end] == "\n":
            value, end = _next_lines(text, end)
        roles.add(f"{match.lastgroup}s", units.split(_spaces(value), trusted=True))
        left.append(text[at : match.start()])
        at = max(end, match.end())
    return "".join([*left, text[at:]])


def _spaces(value: str) -> str:
    return re.sub(r"(?<=[\u4e00-\u9fff）]) +(?=[\u4e00-\u9fff])", "、", value.strip())


def _next_lines(text: str, end: int) -> tuple[str, int]:
    """The units that stand on the lines after a bare label."""
    names, at = [], end + 1
    for line in text[end + 1 :].split("\n"):
        if not units.split(line) or LABEL.search(line):
            break
        names.append(line)
        at += len(line) + 1
    return "、".join(names), at if names else end


def _verbs(sentence: str, roles: Roles) -> None:
    for match in _UNDER.finditer(sentence):
        roles.add("guides", units.subject(match["who"]) or units.split(match["who"]))
    for match in _DIRECT.finditer(sentence):
        _guided(sentence, match, roles)
    at = 0
    for match in _VERB.finditer(sentence):
        if (
            match.start() < at
            or sentence.startswith("部", match.end())
            or sentence[match.start() - 2 : match.start()] == "指导"
        ):
            continue
        lead = sentence[at : match.start()]
        names = units.subject(lead)
        if names and not _DIRECT.search(lead):
            hosting = match["host"] or match["joint"] or re.search(r"(?:联合|共同|牵头)(?:负责)?$", lead)
            roles.add("hosts" if hosting else "organisers", names)
            at = match.end()
        elif not names and re.search(r"[，、]$", lead) and roles.everyone():
            at = match.end()


def _guided(sentence: str, match: re.Match[str], roles: Roles) -> None:
    left = units.subject(sentence[: match.start()])
    right = sentence[match.end() :]
    stop = _RIGHT.search(right)
    names = units.split(right[: stop.start()]) if stop else units.split(right)
    if left and (names or right.lstrip().startswith("，")):
        roles.add("guides", left)
        roles.add("organisers", names)


def _narrow(roles: Roles) -> None:
    """Drop groups such as 各区县 where a unit is named, and organisers that are also hosts."""
    if any(not units.is_collective(name) for name in roles.everyone()):
        named_first = not units.is_collective((roles.hosts + roles.organisers + roles.guides)[0])
        for role in ("hosts", "organisers", "guides"):
            names = getattr(roles, role)
            setattr(roles, role, [name for name in names if not (named_first and units.is_collective(name))])
    roles.organisers = [name for name in roles.organisers if name not in roles.hosts and name not in roles.guides]
