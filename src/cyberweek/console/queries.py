"""Read what the console's own pages show, in a constant number of queries. Never writes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

from cyberweek.component.models import Visibility
from cyberweek.component.ports import activity_consoles, unit_loads
from cyberweek.plan.models import Activity, Campaign, PlannedTask
from cyberweek.units.models import Unit
from cyberweek.units.queries import units_on


class ActivityLine(NamedTuple):
    """An activity with what people see of it."""

    activity: Activity
    shown: Visibility | None
    url: str | None

    @property
    def state(self) -> str:
        if self.shown is None or self.shown.release is None:
            return "unpublished"
        return "withdrawn" if self.shown.withdrawn else "published"


def plan_of(campaign: Campaign) -> dict[str, Collection[Any]]:
    """A campaign's plan as a page shows it."""
    return {
        "activities": campaign.activities.prefetch_related("unit_roles__unit"),
        "theme_days": campaign.theme_days.prefetch_related("lead_rows__unit"),
        "tasks": campaign.tasks.prefetch_related("task_units__unit"),
        "deadlines": campaign.deadlines.all(),
    }


def activity_lines(campaign: Campaign, units: Collection[int] | None = None) -> list[ActivityLine]:
    """The activities of a campaign, or those in which one of the units has a part."""
    shown = {
        each.activity_id: each
        for each in Visibility.objects.filter(activity__campaign=campaign).select_related("release")
    }
    found = campaign.activities.all()
    if units is not None:
        found = found.filter(unit_roles__unit__in=units).distinct()
    return [ActivityLine(each, shown.get(each.pk), _console(each)) for each in found]


def activity_line(campaign: Campaign, slug: str, units: Collection[int] | None = None) -> ActivityLine | None:
    return next((each for each in activity_lines(campaign, units) if each.activity.slug == slug), None)


def unit_lines(campaign: Campaign | None, today: date) -> list[tuple[Unit, Any]]:
    """The units of a day with how they stand with their tasks, busiest first."""
    loads: dict[int, Any] = {}
    if campaign is not None:
        for offer in unit_loads:
            loads |= offer(campaign, today)
    lines = [(unit, loads.get(unit.pk)) for unit in units_on(today)]
    return sorted(lines, key=lambda line: (-(line[1].total if line[1] else 0), line[0].kind, line[0].code))


def search(campaign: Campaign, words: str, limit: int = 20) -> dict[str, Collection[Any]]:
    """Activities, tasks and units in whose names the words occur."""
    return {
        "activities": campaign.activities.filter(name_zh__icontains=words)[:limit],
        "tasks": PlannedTask.objects.filter(campaign=campaign, text_zh__icontains=words)[:limit],
        "units": Unit.objects.filter(name_zh__icontains=words)[:limit],
    }


def _console(activity: Activity) -> str | None:
    return next((url for offer in activity_consoles if (url := offer(activity))), None)
