"""Activities: without owner, date or number, under two names, twice; the opening without time or place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from cyberweek.plan.check import codes
from cyberweek.plan.check.likeness import likeness, speaks_of
from cyberweek.plan.reader import kinds, units
from cyberweek.plan.reader.understood import Activity, Finding, Plan

_NAMED_IN_TASK = re.compile(
    r"(?:开展|举办|承办|制作|组织|征集)(?P<name>[^，。；]{4,30}?(?:活动|征集|竞赛|大赛|问答|论坛|展|调查|推荐|游戏|课堂))(?:活动)?$"
)


def findings(plan: Plan) -> Iterator[Finding]:
    """Everything questionable about the activities of a plan."""
    if not plan.activities and not plan.theme_days:
        yield codes.NO_ACTIVITY.at(plan.line_of("title"), "没有读到任何活动，请核对活动部分的编号和标题")
    for at, activity in enumerate(plan.activities):
        yield from _owner(plan, activity, plan.line_of(f"activities[{at}]"))
        if not activity.date:
            yield codes.NO_DATE.at(plan.line_of(f"activities[{at}]"), f"“{activity.name}”没有写明时间")
    yield from _names(plan)
    yield from _numbers(plan)
    yield from _launch(plan)


def _owner(plan: Plan, activity: Activity, line: int | None) -> Iterator[Finding]:
    owners = [*activity.hosts, *activity.organisers]
    if owners and all(units.is_collective(name) for name in owners):
        yield codes.GROUP_ONLY.at(line, f"“{activity.name}”的责任单位只有“{'、'.join(owners)}”这样的泛称")
    if owners or activity.kind == "theme-days":
        return
    rows = [row for row in plan.task_rows if any(speaks_of(task, _core(activity.name)) for task in row.tasks)]
    if not rows:
        yield codes.NO_OWNER.at(line, f"“{activity.name}”没有写明由哪个单位负责")


def _core(name: str) -> str:
    return re.sub(r"^网络安全|活动$", "", name)


def _names(plan: Plan) -> Iterator[Finding]:
    names = [activity.name for activity in plan.activities]
    for at, name in enumerate(names):
        if name in names[:at]:
            yield codes.SAME_NAME.at(plan.line_of(f"activities[{at}]"), f"“{name}”出现了两次")
    for (at, one), (_, other) in combinations(enumerate(plan.activities), 2):
        if (
            one.name != other.name
            and one.kind == other.kind
            and likeness(one.name, other.name) >= 0.8
            and _longer(one, other)
        ):
            yield codes.TWO_NAMES.at(plan.line_of(f"activities[{at}]"), f"“{one.name}”与“{other.name}”像是同一项活动")
    yield from _table_names(plan)


def _longer(one: Activity, other: Activity) -> bool:
    return min(len(one.name), len(other.name)) >= 6 and set(one.hosts + one.organisers) == set(
        other.hosts + other.organisers
    )


def _table_names(plan: Plan) -> Iterator[Finding]:
    for at, row in enumerate(plan.task_rows):
        for task in row.tasks:
            match = _NAMED_IN_TASK.search(task)
            if not match or any(_same(match["name"], each.name) for each in plan.activities):
                continue
            twin = next(
                (each for each in plan.activities if _twin(match["name"], each) and _theirs(each, row.units)), None
            )
            if twin:
                message = f"分工表里的“{match['name']}”在正文里叫“{twin.name}”"
                yield codes.TWO_NAMES.at(plan.line_of(f"task_rows[{at}]"), message)


def _twin(name: str, activity: Activity) -> bool:
    alike = likeness(name, activity.name)
    return alike >= 0.5 or (alike > 0.1 and kinds.of(name) == activity.kind != "other")


def _same(one: str, other: str) -> bool:
    bare = [re.sub(r"活动$|[“”]", "", name) for name in (one, other)]
    return bare[0] in bare[1] or bare[1] in bare[0]


def _theirs(activity: Activity, names: list[str]) -> bool:
    owners = [*activity.hosts, *activity.organisers, *activity.guides]
    return any(name[-5:] == owner[-5:] or owner.startswith(name) for name in names for owner in owners)


def _numbers(plan: Plan) -> Iterator[Finding]:
    for each in plan.evidence.numbering:
        for before, after in zip(each.numbers, each.numbers[1:], strict=False):
            if after not in (before + 1, 1) and len(each.numbers) > 2:
                where = f"“{each.under}”之下" if each.under else "各部分"
                yield codes.GAP.at(each.line, f"{where}的编号从 {before} 跳到 {after}")


def _launch(plan: Plan) -> Iterator[Finding]:
    lines = plan.lines.get("launch")
    if lines and not (plan.launch.date and plan.launch.place):
        missing = "、".join(
            word for word, value in (("时间", plan.launch.date), ("地点", plan.launch.place)) if not value
        )
        yield codes.NO_PLACE.at(lines[0], f"启动仪式没有写明{missing}")
