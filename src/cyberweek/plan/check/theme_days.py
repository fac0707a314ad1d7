"""Theme days: outside the week, on two dates, without lead or date, two on one day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from cyberweek.plan.check import codes
from cyberweek.plan.check.dates import overlaps
from cyberweek.plan.reader.understood import Finding, Plan


def findings(plan: Plan) -> Iterator[Finding]:
    """Everything questionable about the theme days of a plan."""
    for at, day in enumerate(plan.theme_days):
        line = plan.line_of(f"theme_days[{at}]")
        if (
            day.date
            and plan.start
            and plan.end
            and plan.start <= plan.end
            and not overlaps(day.date, plan.start, plan.end)
        ):
            yield codes.DAY_OUTSIDE.at(line, f"“{day.name}”在 {day.date}，不在 {plan.start} 至 {plan.end} 内")
        if not day.leads and not _is_led_elsewhere(plan, day.name):
            yield codes.DAY_NO_LEAD.at(line, f"“{day.name}”没有写明牵头单位")
        if not day.date:
            yield codes.DAY_NO_DATE.at(line, f"“{day.name}”没有写明日期")
    yield from _twice(plan)
    yield from _shared(plan)


def _is_led_elsewhere(plan: Plan, name: str) -> bool:
    """The whole plan is this day's, or the division of tasks gives the day to somebody."""
    return name in (plan.title or "") or any(name in task for row in plan.task_rows if row.units for task in row.tasks)


def _twice(plan: Plan) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for seen in plan.evidence.days:
        known = first.setdefault(seen.name, seen.date)
        if known != seen.date and "/" not in known + seen.date:
            yield codes.DAY_TWICE.at(seen.line, f"“{seen.name}”在这里是 {seen.date}，别处是 {known}")


def _shared(plan: Plan) -> Iterator[Finding]:
    by_date: dict[str, list[int]] = defaultdict(list)
    for at, day in enumerate(plan.theme_days):
        if day.date:
            by_date[day.date].append(at)
    for date, places in by_date.items():
        if len(places) > 1:
            names = "、".join(f"“{plan.theme_days[at].name}”" for at in places)
            yield codes.DAY_SHARED.at(plan.line_of(f"theme_days[{places[-1]}]"), f"{names}都在 {date}")
