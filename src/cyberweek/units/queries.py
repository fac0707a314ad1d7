"""Read who exists on a day. Never writes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from cyberweek.units.models import Unit

AREAS = (Unit.Kind.DISTRICT, Unit.Kind.COUNTY)


def units_on(day: date, kinds: Collection[str] | None = None) -> QuerySet[Unit]:
    """The units that exist on a day, of some kinds or of all."""
    found = Unit.objects.filter(Q(since=None) | Q(since__lte=day), Q(until=None) | Q(until__gt=day))
    return found if kinds is None else found.filter(kind__in=kinds)


def names_on(day: date) -> dict[str, Unit]:
    """Every name and alias of the units of a day, in two queries."""
    names: dict[str, Unit] = {}
    for unit in units_on(day).prefetch_related("aliases"):
        for text in (unit.name_zh, *(alias.text for alias in unit.aliases.all())):
            names.setdefault(text, unit)
    return names


def unit_named(text: str, day: date) -> Unit | None:
    """The unit that a text means by a name or an alias on a day."""
    return names_on(day).get(text.strip())


def tiles_on(day: date) -> list[Unit]:
    """The areas of the tile cartogram on a day, from north-west to south-east."""
    return list(units_on(day, AREAS).exclude(row=None).order_by("row", "column"))


def units_named_by(campaign: Any) -> QuerySet[Unit]:
    """Every unit that has a part in a campaign: in its activities, theme days or tasks; by code, with aliases."""
    roles = Q(activity_roles__activity__campaign=campaign)
    leads, tasks = Q(themedaylead__theme_day__campaign=campaign), Q(task_units__task__campaign=campaign)
    return Unit.objects.filter(roles | leads | tasks).distinct().order_by("code").prefetch_related("aliases")


def units_with_tasks(campaign: Any, pks: Collection[int] | None = None) -> list[Unit]:
    """Units that the division of tasks of a campaign names (among these, or all), by kind and code."""
    found = Unit.objects.filter(task_units__task__campaign=campaign).distinct()
    return list(found if pks is None else found.filter(pk__in=pks))
