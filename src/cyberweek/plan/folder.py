"""A campaign as a folder of text: campaign.toml and four CSV files. Read, checked, saved and written without loss."""

from __future__ import annotations

import csv
import io
import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from django.db import transaction

from cyberweek.plan.models import (
    Activity,
    ActivityUnit,
    Campaign,
    Deadline,
    PlannedTask,
    TaskUnit,
    ThemeDay,
    ThemeDayLead,
)
from cyberweek.units.models import Unit

R = TypeVar("R")
Codes = tuple[str, ...]


class BadFolder(Exception):
    """Raised when a folder cannot be read; names the file, the line and what to mend."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """campaign.toml."""

    slug: str
    name_zh: str
    name_en: str = ""
    area: str
    theme_zh: str = ""
    theme_en: str = ""
    starts: date
    ends: date
    seed: str
    launch_date: date | None = None
    launch_place_zh: str = ""
    launch_place_en: str = ""
    launch_items: tuple[str, ...] = ()


class ActivityLine(msgspec.Struct, frozen=True):
    no: int
    slug: str
    kind: str
    name_zh: str
    name_en: str
    starts: date | None
    ends: date | None
    place_zh: str
    place_en: str
    hosts: Codes
    guides: Codes
    organisers: Codes
    summary_zh: str
    summary_en: str


class ThemeDayLine(msgspec.Struct, frozen=True):
    date: date
    slug: str
    colour: int
    name_zh: str
    name_en: str
    leads: Codes
    summary_zh: str
    summary_en: str


class TaskLine(msgspec.Struct, frozen=True):
    row: int
    no: int
    units: Codes
    collective: bool
    activity: str
    due: date | None
    text_zh: str
    text_en: str


class DeadlineLine(msgspec.Struct, frozen=True):
    date: date
    what_zh: str
    what_en: str
    to: str
    channels: Codes


class CampaignFolder(msgspec.Struct, frozen=True):
    about: About
    activities: tuple[ActivityLine, ...]
    theme_days: tuple[ThemeDayLine, ...]
    tasks: tuple[TaskLine, ...]
    deadlines: tuple[DeadlineLine, ...]


_TABLES: dict[str, type] = {
    "activities": ActivityLine,
    "theme_days": ThemeDayLine,
    "tasks": TaskLine,
    "deadlines": DeadlineLine,
}


def read_folder(path: Path) -> CampaignFolder:
    """Read a folder; raises BadFolder."""
    about = path / "campaign.toml"
    try:
        given = msgspec.convert(tomllib.loads(about.read_text(encoding="utf-8")), About)
    except (OSError, tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise BadFolder(f"{about}: {error}") from None
    tables: dict[str, Any] = {name: _read_table(path / f"{name}.csv", kind) for name, kind in _TABLES.items()}
    return CampaignFolder(given, **tables)


def write_folder(folder: CampaignFolder) -> dict[str, bytes]:
    """The files of a folder by name; the same folder gives the same bytes."""
    about = "".join(f"{name} = {_toml(value)}\n" for name, value in _fields(folder.about) if value is not None)
    files = {"campaign.toml": about.encode()}
    for name, kind in _TABLES.items():
        files[f"{name}.csv"] = _write_table(kind, getattr(folder, name))
    return files


@transaction.atomic
def save(folder: CampaignFolder, *, at: datetime, is_demo: bool = False) -> Campaign:
    """Make it the running campaign. Raises BadFolder when it names a unit that nobody knows."""
    about = folder.about
    units = _units(folder)
    values = {name: value for name, value in _fields(about) if name != "launch_items"}
    campaign = Campaign.objects.create(
        **values, launch_items=list(about.launch_items), is_demo=is_demo, confirmed_at=at
    )
    activities = {line.slug: _save_activity(campaign, line, units) for line in folder.activities}
    for day in folder.theme_days:
        _save_theme_day(campaign, day, units)
    for task in folder.tasks:
        _save_task(campaign, task, activities, units)
    Deadline.objects.bulk_create(
        Deadline(
            campaign=campaign, date=d.date, what_zh=d.what_zh, what_en=d.what_en, to=d.to, channels=list(d.channels)
        )
        for d in folder.deadlines
    )
    return campaign


def folder_of(campaign: Campaign) -> CampaignFolder:
    """The folder that would make this campaign again."""
    about = About(**{name: _plain(getattr(campaign, name)) for name in About.__struct_fields__})
    return CampaignFolder(
        about,
        tuple(_activity_line(each) for each in campaign.activities.prefetch_related("unit_roles__unit")),
        tuple(_theme_day_line(each) for each in campaign.theme_days.prefetch_related("lead_rows__unit")),
        tuple(
            _task_line(each) for each in campaign.tasks.select_related("activity").prefetch_related("task_units__unit")
        ),
        tuple(DeadlineLine(d.date, d.what_zh, d.what_en, d.to, tuple(d.channels)) for d in campaign.deadlines.all()),
    )


def _read_table(path: Path, kind: type[R]) -> tuple[R, ...]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFolder(f"{path}: {error}") from None
    lines = []
    for number, row in enumerate(csv.DictReader(io.StringIO(text)), 2):
        try:
            lines.append(msgspec.convert({k: _cell(k, v, kind) for k, v in row.items()}, kind, strict=False))
        except (msgspec.ValidationError, ValueError, KeyError, AttributeError) as error:
            raise BadFolder(f"{path}:{number}: {error}") from None
    return tuple(lines)


def _cell(name: str, text: str, kind: type) -> Any:
    wanted = kind.__annotations__[name]
    if "Codes" in wanted:
        return [each for each in text.split("|") if each]
    if "date" in wanted and not text:
        return None
    return text == "yes" if wanted == "bool" else text


def _write_table(kind: type[msgspec.Struct], lines: tuple[Any, ...]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([each.name for each in msgspec.structs.fields(kind)])
    writer.writerows([_text(value) for _name, value in _fields(line)] for line in lines)
    return out.getvalue().encode()


def _fields(struct: Any) -> list[tuple[str, Any]]:
    return [(name, getattr(struct, name)) for name in struct.__struct_fields__]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "|".join(value) if isinstance(value, tuple) else str(value)


def _toml(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _units(folder: CampaignFolder) -> dict[str, Unit]:
    named = {code for a in folder.activities for code in (*a.hosts, *a.guides, *a.organisers)}
    named |= {code for day in folder.theme_days for code in day.leads} | {
        c for task in folder.tasks for c in task.units
    }
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=named)}
    if missing := sorted(named - set(units)):
        raise BadFolder(f"nobody knows the units {', '.join(missing)}: load them first, or correct their codes")
    return units


def _save_activity(campaign: Campaign, line: ActivityLine, units: dict[str, Unit]) -> Activity:
    apart = ("hosts", "guides", "organisers")
    activity = Activity.objects.create(campaign=campaign, **{k: v for k, v in _fields(line) if k not in apart})
    ActivityUnit.objects.bulk_create(
        ActivityUnit(activity=activity, unit=units[code], role=role, order=order)
        for role, codes in (("host", line.hosts), ("guide", line.guides), ("organiser", line.organisers))
        for order, code in enumerate(codes)
    )
    return activity


def _save_theme_day(campaign: Campaign, line: ThemeDayLine, units: dict[str, Unit]) -> None:
    day = ThemeDay.objects.create(campaign=campaign, **{k: v for k, v in _fields(line) if k != "leads"})
    ThemeDayLead.objects.bulk_create(
        ThemeDayLead(theme_day=day, unit=units[code], order=order) for order, code in enumerate(line.leads)
    )


def _save_task(campaign: Campaign, line: TaskLine, activities: dict[str, Activity], units: dict[str, Unit]) -> None:
    if line.activity and line.activity not in activities:
        raise BadFolder(f"task {line.no} belongs to the activity {line.activity}, which the folder does not have")
    values = {k: v for k, v in _fields(line) if k not in ("units", "activity")}
    task = PlannedTask.objects.create(campaign=campaign, activity=activities.get(line.activity), **values)
    TaskUnit.objects.bulk_create(
        TaskUnit(task=task, unit=units[code], order=order) for order, code in enumerate(line.units)
    )


def _activity_line(each: Activity) -> ActivityLine:
    def codes(role: str) -> Codes:
        rows = sorted((r for r in each.unit_roles.all() if r.role == role), key=lambda row: row.order)
        return tuple(row.unit.code for row in rows)

    return ActivityLine(
        each.no, each.slug, each.kind, each.name_zh, each.name_en, each.starts, each.ends, each.place_zh, each.place_en,
        codes("host"), codes("guide"), codes("organiser"), each.summary_zh, each.summary_en,
    )  # fmt: skip


def _theme_day_line(each: ThemeDay) -> ThemeDayLine:
    leads = tuple(row.unit.code for row in each.lead_rows.all())
    return ThemeDayLine(
        each.date, each.slug, each.colour, each.name_zh, each.name_en, leads, each.summary_zh, each.summary_en
    )


def _task_line(each: PlannedTask) -> TaskLine:
    units = tuple(row.unit.code for row in each.task_units.all())
    activity = each.activity.slug if each.activity else ""
    return TaskLine(each.row, each.no, units, each.collective, activity, each.due, each.text_zh, each.text_en)
