"""The division of tasks against the running text: missing rows, duties on one side only, names, repetitions."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cyberweek.plan.check import codes
from cyberweek.plan.check.likeness import grams, likeness, speaks_of
from cyberweek.plan.reader import units, wording
from cyberweek.plan.reader.evidence import Duty
from cyberweek.plan.reader.understood import Finding, Plan

_OFFICE = re.compile(r"指导|主任|小组|成立|统一领导|承担具体")


def findings(plan: Plan) -> Iterator[Finding]:
    """Everything questionable about who has to do what."""
    yield from _aliases(plan)
    yield from _rows(plan)
    yield from _undefined(plan)
    if plan.task_rows and plan.evidence.source:
        yield from _only_text(plan)
        if plan.evidence.duties:  # where the table is all there is, nothing can be missing beside it
            yield from _only_table(plan)


def _key(plan: Plan, name: str) -> str:
    for each in plan.units:
        if name == each.name or name in each.aliases:
            return each.name
    return name


def _aliases(plan: Plan) -> Iterator[Finding]:
    for unit in plan.units:
        for alias in unit.aliases:
            yield codes.ALIAS.at(_line_with(plan, alias), f"“{alias}”与“{unit.name}”是同一单位的两个名称")


def _line_with(plan: Plan, text: str) -> int | None:
    found = [number for number, line in enumerate(plan.evidence.source, 1) if text in line.replace(" ", "")]
    rows = [plan.line_of(f"task_rows[{at}]") for at, row in enumerate(plan.task_rows) if text in row.units]
    return next(iter([*rows, *found]), None)


def _rows(plan: Plan) -> Iterator[Finding]:
    seen: dict[tuple[str, str], int | None] = {}
    for at, row in enumerate(plan.task_rows):
        line = plan.line_of(f"task_rows[{at}]")
        if not row.units or not row.tasks:
            missing = "单位" if not row.units else "任务"
            yield codes.EMPTY_ROW.at(line, f"分工的这一行没有{missing}：{'、'.join(row.units or row.tasks)[:40]}")
        for name in row.units:
            for task in row.tasks:
                key = (_key(plan, name), re.sub(r"\W", "", task))
                if key in seen:
                    yield codes.REPEATED.at(line, f"“{name}”的任务“{task[:30]}”已在前面写过")
                seen[key] = line


def _undefined(plan: Plan) -> Iterator[Finding]:
    for body in plan.evidence.undefined:
        yield codes.UNDEFINED.at(body.line, f"“{body.name}”没有说明由谁组成、设在哪里")


def _in_table(plan: Plan) -> dict[str, list[str]]:
    tasks: dict[str, list[str]] = {}
    for row in plan.task_rows:
        for name in row.units:
            tasks.setdefault(_key(plan, name), []).extend(row.tasks)
    return tasks


def _only_text(plan: Plan) -> Iterator[Finding]:
    table, subjects = _in_table(plan), _subjects(plan)
    reported: set[str | tuple[str, str]] = set()
    for duty in plan.evidence.duties:
        name = _key(plan, duty.unit)
        if name not in table:
            if name not in reported and not units.is_collective(name):
                reported.add(name)
                yield _no_row(duty, table)
        elif not _covered(duty, subjects.get(duty.line, []), table[name]) and (name, duty.text) not in reported:
            reported.add((name, duty.text))
            if what := _what(duty, subjects.get(duty.line, [])):
                yield codes.ONLY_TEXT.at(duty.line, f"“{duty.unit}”的职责“{_short(what)}”没有列入分工表")


def _what(duty: Duty, subjects: list[str]) -> str:
    """What a unit has to do: the sentence, or what a bare list of owners stands under; those of the whole plan owe nothing."""
    is_list = wording.LABEL.match(duty.text.lstrip("（( ")) is not None
    return (subjects[0] if subjects else "") if is_list else duty.text


def _no_row(duty: Duty, table: dict[str, list[str]]) -> Finding:
    kin = next((name for name in table if duty.unit.startswith(name) and duty.unit != name), None)
    hint = f"（表中有“{kin}”）" if kin else ""
    return codes.NO_ROW.at(duty.line, f"“{duty.unit}”在正文承担任务，分工表里没有这一行{hint}")


def _subjects(plan: Plan) -> dict[int, list[str]]:
    """The names of the activities and theme days that each line is about: a duty under a heading speaks of it."""
    named = {f"activities[{at}]": each.name for at, each in enumerate(plan.activities)}
    named |= {f"theme_days[{at}]": each.name for at, each in enumerate(plan.theme_days)}
    subjects: dict[int, list[str]] = {}
    for path, name in named.items():
        for line in plan.lines.get(path, ()):
            subjects.setdefault(line, []).append(name)
    return subjects


def _covered(duty: Duty, subjects: list[str], tasks: list[str]) -> bool:
    return bool(_OFFICE.search(duty.text)) or any(
        likeness(task, duty.text) >= 0.4
        or len(grams(task) & grams(duty.text)) >= 2
        or any(name in task for name in subjects)
        for task in tasks
    )


def _short(text: str) -> str:
    return text if len(text) <= 36 else f"{text[:35]}…"


def _only_table(plan: Plan) -> Iterator[Finding]:
    body = [duty.text for duty in plan.evidence.duties] + [each.name for each in plan.activities]
    rows = {plan.line_of(f"task_rows[{at}]") or 0 for at in range(len(plan.task_rows))}
    first = min(rows, default=0)
    text = "".join(line.replace(" ", "") for number, line in enumerate(plan.evidence.source, 1) if number < first)
    for at, row in enumerate(plan.task_rows):
        for task in row.tasks:
            known = any(speaks_of(each, task) or likeness(each, task) >= 0.6 for each in body) or _within(task, text)
            if text and not known and not any(name in text for name in row.units):
                yield codes.ONLY_TABLE.at(
                    plan.line_of(f"task_rows[{at}]"), f"“{'、'.join(row.units)[:30]}”的任务“{_short(task)}”正文没有提到"
                )


def _within(task: str, text: str) -> bool:
    pairs = grams(task)
    return not pairs or sum(1 for pair in pairs if pair in text) >= 0.95 * len(pairs)
