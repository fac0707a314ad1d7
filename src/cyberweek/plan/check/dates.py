"""Dates: reversed, impossible, on another weekday, without a year, outside the week."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from cyberweek.plan.check import codes
from cyberweek.plan.reader.dates import weekday_of, weekday_sign
from cyberweek.plan.reader.understood import Finding, Plan


def findings(plan: Plan) -> Iterator[Finding]:
    """Everything questionable about the dates of a plan."""
    yield from _week(plan)
    yield from _written(plan)
    yield from _outside(plan)


def _week(plan: Plan) -> Iterator[Finding]:
    if plan.start and plan.end and plan.end < plan.start and not plan.evidence.dates:
        yield codes.REVERSED.at(plan.line_of("start"), f"活动周从 {plan.start} 到 {plan.end}，结束早于开始")
    if not plan.start:
        if _yearless(plan):
            yield codes.NO_YEAR.at(_yearless(plan), "全文没有年份，日期无法换算成具体的日子")
        yield codes.NO_WEEK.at(plan.line_of("title"), "没有读到活动周的起止日期")


def _yearless(plan: Plan) -> int | None:
    return next((seen.line for seen in plan.evidence.dates if seen.start is None and seen.possible), None)


def _written(plan: Plan) -> Iterator[Finding]:
    for seen in plan.evidence.dates:
        if not seen.possible:
            yield codes.IMPOSSIBLE.at(seen.line, f"“{seen.text}”不是日历上有的日子")
        if seen.start and seen.end and seen.end < seen.start:
            yield codes.REVERSED.at(seen.line, f"“{seen.text}”的结束早于开始")
        if seen.start and seen.weekday is not None and weekday_of(seen.start) != seen.weekday:
            right, wrong = weekday_sign(weekday_of(seen.start)), weekday_sign(seen.weekday)
            yield codes.WEEKDAY.at(seen.line, f"{seen.start} 是星期{right}，文中写作星期{wrong}")


def _outside(plan: Plan) -> Iterator[Finding]:
    if not plan.start or not plan.end or plan.end < plan.start or _days(plan) > 31:
        return
    for at, activity in enumerate(plan.activities):
        if activity.date and not overlaps(activity.date, plan.start, plan.end):
            message = f"“{activity.name}”的时间 {activity.date} 不在 {plan.start} 至 {plan.end} 内"
            yield codes.OUTSIDE.at(plan.line_of(f"activities[{at}]"), message)
    if plan.launch.date and not overlaps(plan.launch.date, plan.start, plan.end):
        yield codes.OUTSIDE.at(
            plan.line_of("launch"), f"启动仪式的时间 {plan.launch.date} 不在 {plan.start} 至 {plan.end} 内"
        )


def overlaps(span: str, start: str, end: str) -> bool:
    """Whether a day or start/end has a day in common with the week."""
    first, _, last = span.partition("/")
    return first <= end and (last or first) >= start


def _days(plan: Plan) -> int:
    iso = re.compile(r"\d{4}-\d\d-\d\d")
    if not (plan.start and plan.end and iso.fullmatch(plan.start) and iso.fullmatch(plan.end)):
        return 0
    return (date.fromisoformat(plan.end) - date.fromisoformat(plan.start)).days + 1
