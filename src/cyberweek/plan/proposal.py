"""The campaign that a plan would become. Pure: names of units are resolved by the caller, nothing is saved.

Against a campaign that runs already, what is recognisably the same keeps its slug, its number of a task, its English
and its sentences, so that addresses, releases and signatures stay valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Any, TypeVar

import msgspec

from cyberweek.plan.check.likeness import likeness, speaks_of
from cyberweek.plan.folder import About, ActivityLine, CampaignFolder, DeadlineLine, TaskLine, ThemeDayLine
from cyberweek.plan.reader import understood
from cyberweek.plan.reader.understood import Plan

T = TypeVar("T")
ALIKE = 0.75
COLOURS = 6


class Obstacle(msgspec.Struct, frozen=True):
    """Why a plan cannot be confirmed yet, and where to mend it."""

    message: str
    path: str


def obstacles(plan: Plan) -> list[Obstacle]:
    """What a campaign cannot do without and the plan does not say."""
    return list(_obstacles(plan))


def _obstacles(plan: Plan) -> Iterator[Obstacle]:
    if not plan.start or not plan.end:
        yield Obstacle("没有活动周的起止日期", "header")
    elif plan.end < plan.start:
        yield Obstacle("活动周的结束早于开始", "header")
    if not plan.title:
        yield Obstacle("没有标题", "header")
    if not plan.activities:
        yield Obstacle("没有一项活动", "activities")
    for at, day in enumerate(plan.theme_days):
        if not day.date or "/" in day.date:
            yield Obstacle(f"主题日“{day.name}”没有确定的一天", f"theme_days[{at}]")
    for at, due in enumerate(plan.deadlines):
        if not due.date or not due.what:
            yield Obstacle("报送要求没有日期或事项", f"deadlines[{at}]")


def unit_names(plan: Plan) -> list[str]:
    """Every unit that the plan gives something to do, each name once, in the order of the text."""
    named = [name for each in plan.activities for name in (*each.hosts, *each.guides, *each.organisers)]
    named += [name for day in plan.theme_days for name in day.leads]
    named += [name for row in plan.task_rows for name in row.units]
    return list(dict.fromkeys(named))


def proposal(
    plan: Plan, *, codes: Mapping[str, str], about: About, running: CampaignFolder | None = None
) -> CampaignFolder:
    """The campaign's folder. `codes` gives each unit's code by every name of `unit_names`; no obstacles may be left."""
    had = running or CampaignFolder(about, (), (), (), ())
    activities = tuple(_activities(plan.activities, codes, had.activities))
    return CampaignFolder(
        about,
        activities,
        tuple(_theme_days(plan.theme_days, codes, had.theme_days)),
        tuple(_tasks(plan.task_rows, codes, activities, had.tasks)),
        tuple(_deadlines(plan.deadlines, had.deadlines)),
    )


def paired(new: Sequence[T], old: Sequence[T], name: Callable[[T], str]) -> dict[int, T]:
    """For each index of the new, the old that is the same: by equal names first, then by names that are much alike."""
    left, pairs = list(old), dict[int, T]()
    for same in (lambda one, other: one == other, lambda one, other: likeness(one, other) >= ALIKE):
        for at, each in enumerate(new):
            twin = None if at in pairs else next((other for other in left if same(name(each), name(other))), None)
            if twin is not None:
                pairs[at] = twin
                left.remove(twin)
    return pairs


def span(text: str | None) -> tuple[date | None, date | None]:
    """`2021-10-11`, `2021-10-11/2021-10-17` or nothing → first and last day."""
    if not text:
        return None, None
    first, _, last = text.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


def _activities(
    new: Sequence[understood.Activity], codes: Mapping[str, str], old: Sequence[ActivityLine]
) -> Iterator[ActivityLine]:
    bare = [ActivityLine(0, "", a.kind, a.name, "", None, None, "", "", (), (), (), "", "") for a in new]
    pairs = paired(bare, old, lambda line: line.name_zh)
    taken = {each.slug for each in old}
    for at, each in enumerate(new):
        was = pairs.get(at)
        slug = was.slug if was else _free(each.kind, taken)
        taken.add(slug)
        starts, ends = span(each.date)
        yield ActivityLine(
            at + 1, slug, was.kind if was else each.kind, each.name, _english(was, "name", each.name), starts, ends,
            each.place or "", _english(was, "place", each.place or ""), _codes(each.hosts, codes),
            _codes(each.guides, codes), _codes(each.organisers, codes), *_sentences(was),
        )  # fmt: skip


def _theme_days(
    new: Sequence[understood.ThemeDay], codes: Mapping[str, str], old: Sequence[ThemeDayLine]
) -> Iterator[ThemeDayLine]:
    bare = [ThemeDayLine(date.min, "", 0, d.name, "", (), "", "") for d in new]
    pairs = paired(bare, old, lambda line: line.name_zh)
    taken = {each.slug for each in old}
    for at, each in enumerate(new):
        was = pairs.get(at)
        slug = was.slug if was else _free("day", taken)
        taken.add(slug)
        colour = was.colour if was else at % COLOURS + 1
        english = _english(was, "name", each.name)
        day = date.fromisoformat(each.date or "")
        yield ThemeDayLine(day, slug, colour, each.name, english, _codes(each.leads, codes), *_sentences(was))


def _tasks(
    rows: Sequence[understood.TaskRow],
    codes: Mapping[str, str],
    activities: Sequence[ActivityLine],
    old: Sequence[TaskLine],
) -> Iterator[TaskLine]:
    bare = [
        TaskLine(number, 0, _codes(row.units, codes), row.collective, "", None, text, "")
        for number, row in enumerate(rows, 1)
        for text in row.tasks
    ]
    pairs = paired(bare, old, lambda line: f"{'|'.join(line.units)} {line.text_zh}")
    free = (no for no in count(1) if no not in {each.no for each in old})
    for at, each in enumerate(bare):
        was = pairs.get(at)
        about = next((a.slug for a in activities if speaks_of(each.text_zh, a.name_zh)), "")
        yield msgspec.structs.replace(
            each,
            no=was.no if was else next(free),
            activity=was.activity if was and was.activity in {a.slug for a in activities} else about,
            due=was.due if was else None,
            supporting=was.supporting if was else (),
            text_en=_english(was, "text", each.text_zh),
        )


def _deadlines(new: Sequence[understood.Deadline], old: Sequence[DeadlineLine]) -> Iterator[DeadlineLine]:
    english = {each.what_zh: each.what_en for each in old}
    for each in new:
        first, _last = span(each.date)
        yield DeadlineLine(
            first or date.min, each.what or "", english.get(each.what or "", ""), each.to or "", tuple(each.channels)
        )


def _free(word: str, taken: set[str]) -> str:
    return next(slug for n in count(1) if (slug := word if n == 1 else f"{word}-{n}") not in taken)


def _codes(names: Sequence[str], codes: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(codes[name] for name in names))


def _english(was: Any, field: str, chinese: str) -> str:
    """The English of a text that did not change; a changed text wants a new translation."""
    return getattr(was, f"{field}_en") if was and getattr(was, f"{field}_zh") == chinese else ""


def _sentences(was: Any) -> tuple[str, str]:
    return (was.summary_zh, was.summary_en) if was else ("", "")


def plan_of(folder: CampaignFolder, names: Mapping[str, str]) -> Plan:
    """A campaign said as a plan, to lay beside a revised one; `names` gives each unit's name by its code."""

    def named(codes: Sequence[str]) -> list[str]:
        return [names[code] for code in codes]

    about = folder.about
    rows: dict[int, understood.TaskRow] = {}
    for task in folder.tasks:
        row = rows.setdefault(task.row, understood.TaskRow(named(task.units), task.collective, []))
        row.tasks.append(task.text_zh)
    return Plan(
        about.name_zh, about.starts.isoformat(), about.ends.isoformat(), about.theme_zh or None,
        understood.Launch(_day(about.launch_date), about.launch_place_zh or None, list(about.launch_items)),
        [
            understood.Activity(
                a.no, a.name_zh, a.kind, joined_span(a.starts, a.ends), a.place_zh or None,
                named(a.hosts), named(a.guides), named(a.organisers),
            )
            for a in folder.activities
        ],
        [understood.ThemeDay(d.date.isoformat(), d.name_zh, named(d.leads)) for d in folder.theme_days],
        [rows[number] for number in sorted(rows)],
        [understood.Deadline(d.date.isoformat(), d.what_zh, d.to or None, list(d.channels)) for d in folder.deadlines],
    )  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def joined_span(first: date | None, last: date | None) -> str | None:
    """First and last day → `2021-10-11` or `2021-10-11/2021-10-17`; the inverse of `span`."""
    if first is None:
        return None
    return first.isoformat() if last in (None, first) else f"{first.isoformat()}/{_day(last)}"
