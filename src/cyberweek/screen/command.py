"""Read what the command wall shows: the week, taking part, districts, tasks, incidents, what is on. Never writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from cyberweek.component.ports import (
    DistrictFigures,
    Lights,
    OpenIncident,
    PlayLink,
    district_figures,
    metrics,
    open_incidents,
    play_links,
    task_lights,
)
from cyberweek.component.reading import withdrawn_activities
from cyberweek.kernel.clock import CHINA
from cyberweek.kernel.windows import Phase
from cyberweek.ledger.queries import counts
from cyberweek.plan.models import Activity, Campaign, ThemeDay
from cyberweek.units.models import Unit
from cyberweek.units.queries import tiles_on

OFFLINE = "imported.people"
OFFLINE_VOIDED = "imported.people-voided"
Counts = dict[tuple[str, int, str], int]


@dataclass(frozen=True, slots=True)
class Day:
    """One of the seven days, and how often people took part on it, over all activities that are counted by the day."""

    date: date
    theme: ThemeDay | None
    standing: str
    value: int


@dataclass(frozen=True, slots=True)
class Line:
    """An activity's own figure: under which name live events speak of it, its sum, today's share, and each day's.

    Without a metric nothing is counted here yet; `days` is empty for what is reported without a day.
    """

    activity: Activity
    live: str
    label: str
    unit: str
    value: int
    today: int
    days: tuple[int, ...]

    @property
    def is_counted(self) -> bool:
        return bool(self.live)


@dataclass(frozen=True, slots=True)
class OpenHere:
    """An activity that people can join here now, and until when."""

    activity: Activity
    until: datetime


@dataclass(frozen=True, slots=True)
class Command:
    """Everything the wall shows, read at one moment."""

    days: list[Day]
    lines: list[Line]
    districts: DistrictFigures | None
    tiles: list[dict[str, Any]]
    lights: Lights | None
    incidents: list[OpenIncident]
    open_here: list[OpenHere]
    held_today: list[Activity]


def command(campaign: Campaign, now: datetime) -> Command:
    """The wall at a moment, in a number of queries that does not grow with what it shows."""
    today = now.astimezone(CHINA).date()
    activities = list(campaign.activities.order_by("no"))
    dates = [campaign.starts + timedelta(days=n) for n in range((campaign.ends - campaign.starts).days + 1)]
    lines = _lines(activities, dates, today, counts())
    open_here = _open_here(activities, now)
    elsewhere = {each.activity.pk for each in open_here} | withdrawn_activities()
    districts = next((found for offer in district_figures if (found := offer(campaign))), None)
    return Command(
        days=_days(campaign, dates, today, lines),
        lines=lines,
        districts=districts,
        tiles=_tiles(districts, campaign.starts),
        lights=next((offer(campaign, today) for offer in task_lights), None),
        incidents=[each for offer in open_incidents for each in offer(campaign, now)],
        open_here=open_here,
        held_today=[each for each in activities if each.pk not in elsewhere and _is_held(each, today)],
    )


def _lines(activities: Sequence[Activity], dates: Sequence[date], today: date, found: Counts) -> list[Line]:
    return [_line(each, dates, today, found) for each in activities]


def _line(activity: Activity, dates: Sequence[date], today: date, found: Counts) -> Line:
    """The activity's first headline metric; else the people whom units reported for it; else nothing."""
    for metric in metrics:
        if metric.headline and metric.name.startswith(f"{activity.kind}."):
            days = tuple(found.get((metric.name, activity.pk, each.isoformat()), 0) for each in dates)
            value, now = (found.get((metric.name, activity.pk, bucket), 0) for bucket in ("", today.isoformat()))
            return Line(activity, f"{metric.name}/{activity.pk}", metric.label, metric.unit, value, now, days)
    people = found.get((OFFLINE, activity.pk, ""), 0) - found.get((OFFLINE_VOIDED, activity.pk, ""), 0)
    reported = next((metric for metric in metrics if metric.name == OFFLINE), None) if people else None
    if reported is None:
        return Line(activity, "", "", "", 0, 0, ())
    return Line(activity, f"{OFFLINE}/{activity.pk}", reported.label, reported.unit, people, 0, ())


def _days(campaign: Campaign, dates: Sequence[date], today: date, lines: Sequence[Line]) -> list[Day]:
    themes = {each.date: each for each in campaign.theme_days.all()}
    return [
        Day(each, themes.get(each), _standing(each, today), sum(line.days[at] for line in lines if line.days))
        for at, each in enumerate(dates)
    ]


def _standing(day: date, today: date) -> str:
    if day == today:
        return "now"
    return "past" if day < today else "ahead"


def _tiles(districts: DistrictFigures | None, on: date) -> list[dict[str, Any]]:
    """The districts of a day as the cartogram takes them; what has too few to be shown has a dash."""
    return [] if districts is None else [_tile(unit, districts.values.get(unit.code)) for unit in tiles_on(on)]


def _tile(unit: Unit, value: int | None) -> dict[str, Any]:
    label = "—" if value is None else f"{value:,}"
    name = unit.short_name
    return {"code": unit.code, "name": name, "row": unit.row, "col": unit.column, "value": value or 0, "label": label}


def _open_here(activities: Sequence[Activity], now: datetime) -> list[OpenHere]:
    links: dict[int, PlayLink | None] = {}
    for offer in play_links:
        links |= offer(activities)
    return [
        OpenHere(each, link.window.closes)
        for each in activities
        if (link := links.get(each.pk)) and link.window.phase(now) is Phase.OPEN
    ]


def _is_held(activity: Activity, day: date) -> bool:
    return activity.starts is not None and activity.starts <= day <= (activity.ends or activity.starts)
