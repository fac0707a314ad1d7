"""A confirmed campaign and what belongs to it, as rows. Each call with another number makes another row."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from cyberweek.plan.models import Activity, Campaign, Deadline, PlannedTask, PlanUpload, TaskUnit, ThemeDay
from tests.factories.units import unit

FIRST = date(2026, 11, 23)
CONFIRMED = datetime(2026, 11, 1, tzinfo=UTC)


def campaign(slug: str = "week", *, starts: date = FIRST, **values: object) -> Campaign:
    """A week of seven days that everybody sees."""
    given = {
        "area": "某市", "name_zh": "某市网安周", "name_en": "A city's week", "theme_zh": "大家的事，大家来办",
        "ends": starts + timedelta(days=6), "seed": slug, "confirmed_at": CONFIRMED, **values,
    }  # fmt: skip
    return Campaign.objects.create(slug=slug, starts=starts, **given)


def activity(of: Campaign, no: int, **values: object) -> Activity:
    """An activity of the whole week with a host of its own."""
    given = {
        "slug": f"activity-{no}", "kind": "expo", "name_zh": f"第 {no} 号展", "starts": of.starts, "ends": of.ends,
        "place_zh": "示例广场", **values,
    }  # fmt: skip
    made = of.activities.create(no=no, **given)
    made.unit_roles.create(unit=unit(f"host-{no}"), role="host", order=0)
    return made


def theme_day(of: Campaign, no: int) -> ThemeDay:
    """A theme day that a unit of its own leads; the seventh and later ones lie beyond the week."""
    made = of.theme_days.create(
        date=of.starts + timedelta(days=no), slug=f"day-{no}", colour=no % 6 + 1, name_zh=f"主题{no}"
    )
    made.lead_rows.create(unit=unit(f"lead-{no}"), order=0)
    return made


def task(of: Campaign, no: int, **values: object) -> TaskUnit:
    """A task of a unit of its own, not yet assigned."""
    on = values.pop("unit", None) or unit(f"unit-{no}")
    planned = PlannedTask.objects.create(campaign=of, row=no, no=no, text_zh=f"第 {no} 项任务", **values)
    return planned.task_units.create(unit=on, order=0)


def deadline(of: Campaign, no: int) -> Deadline:
    return of.deadlines.create(date=of.ends + timedelta(days=1), what_zh=f"第 {no} 份材料", to="某办")


def upload(no: int) -> PlanUpload:
    """A plan that came in and was not confirmed."""
    at = CONFIRMED + timedelta(minutes=no)
    return PlanUpload.objects.create(filename=f"{no}.txt", body=b"", understood={}, uploaded_at=at)
