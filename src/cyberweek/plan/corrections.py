"""What a person corrected in what was understood of a plan, laid over it. Pure; what was understood stays as it was.

Corrections map a path to an item: `activities[3]` replaces one, `activities[+0]` adds one, None takes one away;
`header` replaces title, dates, theme and opening. Undoing a correction is deleting its path.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from cyberweek.plan.check import checked
from cyberweek.plan.reader.evidence import Evidence
from cyberweek.plan.reader.understood import Activity, Deadline, Launch, Plan, TaskRow, ThemeDay

LISTS: dict[str, type[msgspec.Struct]] = {
    "activities": Activity,
    "theme_days": ThemeDay,
    "task_rows": TaskRow,
    "deadlines": Deadline,
}
HEADER = "header"
_PATH = re.compile(r"(activities|theme_days|task_rows|deadlines)\[(\+?)(\d{1,4})\]")

Corrections = Mapping[str, dict[str, Any] | None]


class Header(msgspec.Struct):
    """What stands above the lists of a plan."""

    title: str | None = None
    start: str | None = None
    end: str | None = None
    theme: str | None = None
    launch: Launch = msgspec.field(default_factory=Launch)


class NoSuchItem(Exception):
    """Raised for a path that is not one of the plan's."""


class Entry(NamedTuple):
    """An item as it stands now: where it is kept, what it says, and the source lines it was read from."""

    path: str
    item: Any
    lines: list[int]
    is_corrected: bool
    is_removed: bool = False


def kind_of(path: str) -> type[msgspec.Struct]:
    """The struct that a path holds; raises NoSuchItem."""
    if path == HEADER:
        return Header
    found = _PATH.fullmatch(path)
    if found is None:
        raise NoSuchItem(path)
    return LISTS[found[1]]


def new_path(name: str, corrections: Corrections) -> str:
    """The path of an item that is added to a list; raises NoSuchItem for an unknown list."""
    if name not in LISTS:
        raise NoSuchItem(name)
    return next(path for n in range(10_000) if (path := f"{name}[+{n}]") not in corrections)


def header_of(plan: Plan, corrections: Corrections) -> Entry:
    """Title, dates, theme and opening as they stand now."""
    given = corrections.get(HEADER)
    read = Header(plan.title, plan.start, plan.end, plan.theme, plan.launch)
    lines = sorted({line for name in ("title", "start", "end", "theme", "launch") for line in plan.lines.get(name, ())})
    return Entry(HEADER, msgspec.convert(given, Header) if given else read, lines, given is not None)


def entries(plan: Plan, name: str, corrections: Corrections) -> list[Entry]:
    """The items of a list as they stand now: those of the text in its order, then those that were added."""
    kind = LISTS[name]
    found = []
    for at, item in enumerate(getattr(plan, name)):
        path = f"{name}[{at}]"
        lines = plan.lines.get(path, [])
        if path not in corrections:
            found.append(Entry(path, item, lines, is_corrected=False))
        elif (given := corrections[path]) is None:
            found.append(Entry(path, item, lines, is_corrected=True, is_removed=True))
        else:
            found.append(Entry(path, msgspec.convert(given, kind), lines, is_corrected=True))
    added = [path for path in corrections if path.startswith(f"{name}[+") and corrections[path] is not None]
    found += [Entry(path, msgspec.convert(corrections[path], kind), [], is_corrected=True) for path in added]
    return found


def where(plan: Plan, corrections: Corrections) -> dict[str, str]:
    """The path of each item in the corrected plan → the path under which it is corrected."""
    kept = {name: [e.path for e in entries(plan, name, corrections) if not e.is_removed] for name in LISTS}
    return {f"{name}[{at}]": path for name, paths in kept.items() for at, path in enumerate(paths)}


def corrected(plan: Plan, corrections: Corrections) -> Plan:
    """The plan with the corrections laid over it, checked anew."""
    above = header_of(plan, corrections).item
    lines = {path: found for path, found in plan.lines.items() if "[" not in path}
    lists: dict[str, list[Any]] = {}
    for name in LISTS:
        kept = [each for each in entries(plan, name, corrections) if not each.is_removed]
        lists[name] = [each.item for each in kept]
        lines |= {f"{name}[{at}]": each.lines for at, each in enumerate(kept) if each.lines}
    result = Plan(
        above.title, above.start, above.end, above.theme, above.launch, **lists, onward=plan.onward, units=plan.units
    )
    evidence = msgspec.convert(msgspec.to_builtins(plan.evidence), Evidence)
    evidence.lines = lines
    result.evidence = evidence
    return checked(result)
