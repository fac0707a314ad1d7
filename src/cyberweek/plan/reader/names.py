"""All units of a plan under one name each, with the other names under which it speaks of them."""

from __future__ import annotations

import re

from cyberweek.plan.reader import units
from cyberweek.plan.reader.outline import Paragraph
from cyberweek.plan.reader.understood import Plan, Unit

_SHORT = re.compile(
    r"(?P<long>[\u4e00-\u9fff（）()]{3,40})[（(]以下(?:统称|简称)(?:为)?[：:“\"]*(?P<short>[^）)”\"]{2,16})[”\"]?[)）]"
)


def directory(plan: Plan, found: list[Paragraph], *, place: str, level: str) -> list[Unit]:
    """Every unit that the plan names in an office, in the order of the plan."""
    aliases = dict(_shortened(found))
    names: dict[str, list[str]] = {}
    for name in _named(plan):
        key = units.key(aliases.get(name, name), place, level)
        names.setdefault(key, [])
        names[key] += [each for each in (aliases.get(name), name) if each and each not in names[key]]
    return [Unit(each[0], each[1:]) for each in names.values()]


def _shortened(found: list[Paragraph]) -> list[tuple[str, str]]:
    """Short name → full name, where the text says 以下简称."""
    pairs = []
    for paragraph in found:
        for match in _SHORT.finditer(paragraph.text):
            short, long = match["short"], (units.subject(match["long"]) or [""])[-1]
            if long and units.is_unit(short):
                pairs.append((short, long))
    return pairs


def _named(plan: Plan) -> list[str]:
    lists = [[*each.hosts, *each.guides, *each.organisers] for each in plan.activities]
    lists += [each.leads for each in plan.theme_days] + [row.units for row in plan.task_rows]
    lists += [each.to.split("、") for each in plan.deadlines if each.to] + [plan.onward]
    lists += [plan.evidence.named, [duty.unit for duty in plan.evidence.duties]]
    named = [name for each in lists for name in each]
    rows = {name for row in plan.task_rows for name in row.units}
    return list(dict.fromkeys(name for name in named if name in rows or not units.is_collective(name)))
