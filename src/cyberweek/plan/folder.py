"""A campaign as a folder of text: campaign.toml and CSV files. Read, saved and written without loss.

What a folder says is only read here; whether it can be a campaign is `soundness`.
"""

from __future__ import annotations

import csv
import io
import json
import re
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
from cyberweek.units.models import Alias, Unit
from cyberweek.units.queries import units_named_by
from cyberweek.units.services import bundled_codes

R = TypeVar("R", bound=msgspec.Struct)
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
    """`supporting` is a column that a folder may leave out: units that support those who lead."""

    row: int
    no: int
    units: Codes
    collective: bool
    activity: str
    due: date | None
    text_zh: str
    text_en: str
    supporting: Codes = ()


class DeadlineLine(msgspec.Struct, frozen=True):
    date: date
    what_zh: str
    what_en: str
    to: str
    channels: Codes


class UnitLine(msgspec.Struct, frozen=True):
    """A unit that the campaign names and the house does not bring along."""

    code: str
    kind: Unit.Kind
    name_zh: str
    name_en: str
    aliases: Codes


class CampaignFolder(msgspec.Struct, frozen=True):
    about: About
    activities: tuple[ActivityLine, ...]
    theme_days: tuple[ThemeDayLine, ...]
    tasks: tuple[TaskLine, ...]
    deadlines: tuple[DeadlineLine, ...]
    units: tuple[UnitLine, ...] = ()


_TABLES: dict[str, type] = {
    "activities": ActivityLine,
    "theme_days": ThemeDayLine,
    "tasks": TaskLine,
    "deadlines": DeadlineLine,
}
_UNITS = "units.csv"  # only where the campaign names units of its own
_HINTS = {"date": "日期写成 2026-09-15 这样", "int": "这里要写数字", "Kind": f"只能是 {'、'.join(Unit.Kind.values)}"}


def read_folder(path: Path) -> CampaignFolder:
    """Read a folder; raises BadFolder."""
    tables: dict[str, Any] = {name: _read_table(path / f"{name}.csv", kind) for name, kind in _TABLES.items()}
    units = _read_table(path / _UNITS, UnitLine) if (path / _UNITS).exists() else ()
    return CampaignFolder(_read_about(path / "campaign.toml"), **tables, units=units)


def write_folder(folder: CampaignFolder) -> dict[str, bytes]:
    """The files of a folder by name; the same folder gives the same bytes."""
    about = "".join(f"{name} = {_toml(value)}\n" for name, value in _fields(folder.about) if value is not None)
    files = {"campaign.toml": about.encode()}
    for name, kind in _TABLES.items():
        files[f"{name}.csv"] = _write_table(kind, getattr(folder, name))
    if folder.units:
        files[_UNITS] = _write_table(UnitLine, folder.units)
    return files


@transaction.atomic
def save(folder: CampaignFolder, *, at: datetime | None, is_demo: bool = False) -> Campaign:
    """Make it the campaign that everybody sees; without `at`, one that nobody sees yet.

    Raises BadFolder when it names a unit that nobody knows.
    """
    about = folder.about
    _add_units(folder.units)
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
        tuple(
            _theme_day_line(each)
            for each in campaign.theme_days.order_by("date", "pk").prefetch_related("lead_rows__unit")
        ),
        tuple(
            _task_line(each) for each in campaign.tasks.select_related("activity").prefetch_related("task_units__unit")
        ),
        tuple(
            DeadlineLine(d.date, d.what_zh, d.what_en, d.to, tuple(d.channels))
            for d in campaign.deadlines.order_by("date", "pk")
        ),
        tuple(_unit_line(each) for each in units_named_by(campaign).exclude(code__in=bundled_codes())),
    )


def _read_about(path: Path) -> About:
    text = _text_of(path)
    try:
        return msgspec.convert(tomllib.loads(text), About)
    except tomllib.TOMLDecodeError as error:
        raise BadFolder(f"{path}: 不是 TOML：{error}") from None
    except msgspec.ValidationError as error:
        name = _named(error)
        found = re.search(rf"(?m)^{re.escape(name)}\s*=", text) if name else None
        line = text[: found.start()].count("\n") + 1 if found else 1
        raise BadFolder(f"{path}:{line}: {_advice(name, str(error), About)}") from None


def _read_table(path: Path, kind: type[R]) -> tuple[R, ...]:
    reader = csv.DictReader(io.StringIO(_text_of(path)), strict=True)
    wanted = [each.name for each in msgspec.structs.fields(kind) if each.required]
    optional = {each.name for each in msgspec.structs.fields(kind)} - set(wanted)
    try:
        named = reader.fieldnames or []
        if sorted(name for name in named if name not in optional) != sorted(wanted):
            raise BadFolder(f"{path}:1: 第一行要写明这些列：{','.join(wanted)}")
        return tuple(_read_row(row, kind, f"{path}:{reader.line_num}") for row in reader)
    except csv.Error as error:
        raise BadFolder(f"{path}:{reader.line_num}: 不是 CSV：{error}") from None


def _read_row(row: dict[str, Any], kind: type[R], where: str) -> R:
    if None in row or None in row.values():
        raise BadFolder(f"{where}: 这一行的栏数和第一行不一样；含逗号的文字要加双引号")
    try:
        return msgspec.convert({k: _cell(k, v, kind) for k, v in row.items()}, kind, strict=False)
    except msgspec.ValidationError as error:
        name = _named(error)
        raise BadFolder(f"{where}: {_advice(name, row.get(name, ''), kind)}") from None


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFolder(f"{path}: 打不开（{error.strerror}）；活动周的文件夹里要有这个文件") from None
    except UnicodeDecodeError:
        raise BadFolder(f"{path}: 不是 UTF-8 文字；请另存为 UTF-8") from None


def _named(error: msgspec.ValidationError) -> str:
    """The field that an error is about; '' when it names none."""
    found = re.search(r"(?:\$\.|field `)(\w+)", str(error))
    return found.group(1) if found else ""


def _advice(name: str, given: str, kind: type) -> str:
    """One sentence about a value that does not fit its field."""
    hint = next((words for sort, words in _HINTS.items() if sort in kind.__annotations__.get(name, "")), "请照说明改正")
    return f"{name} 写的是“{given}”，读不懂；{hint}"


def _cell(name: str, text: str, kind: type) -> Any:
    wanted = kind.__annotations__[name]
    if "Codes" in wanted:
        return [each for each in text.split("|") if each]
    if "date" in wanted and not text and "None" in wanted:
        return None
    return text == "yes" if wanted == "bool" else text


def _write_table(kind: type[msgspec.Struct], lines: tuple[Any, ...]) -> bytes:
    """The table as CSV; a column that a folder may leave out stands only where some line uses it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    columns = [
        each.name
        for each in msgspec.structs.fields(kind)
        if each.required or any(getattr(line, each.name) != each.default for line in lines)
    ]
    writer.writerow(columns)
    writer.writerows([_text(getattr(line, name)) for name in columns] for line in lines)
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
        c for task in folder.tasks for c in (*task.units, *task.supporting)
    }
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=named)}
    if missing := sorted(named - set(units)):
        raise BadFolder(f"没有单位叫 {'、'.join(missing)}：改正代码，或者把它们写进 {_UNITS}")
    return units


def _add_units(lines: tuple[UnitLine, ...]) -> None:
    """Create those units of the folder that nobody knows yet; one that is known stays as it is."""
    known = set(Unit.objects.filter(code__in=[line.code for line in lines]).values_list("code", flat=True))
    for line in lines:
        if line.code not in known:
            unit = Unit.objects.create(code=line.code, kind=line.kind, name_zh=line.name_zh, name_en=line.name_en)
            Alias.objects.bulk_create([Alias(unit=unit, text=text) for text in line.aliases])


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
        raise BadFolder(f"任务 {line.no} 属于活动 {line.activity}，而文件夹里没有这项活动")
    values = {k: v for k, v in _fields(line) if k not in ("units", "supporting", "activity")}
    task = PlannedTask.objects.create(campaign=campaign, activity=activities.get(line.activity), **values)
    TaskUnit.objects.bulk_create(
        TaskUnit(task=task, unit=units[code], order=order, role=role) for order, (code, role) in enumerate(parts(line))
    )


def parts(line: TaskLine) -> list[tuple[str, str]]:
    """The units of a task with their roles, those that lead first; a unit that does both leads."""
    roles = dict.fromkeys(line.units, str(TaskUnit.Role.LEAD))
    for code in line.supporting:
        roles.setdefault(code, str(TaskUnit.Role.SUPPORT))
    return list(roles.items())


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
    def codes(role: str) -> Codes:
        return tuple(row.unit.code for row in each.task_units.all() if row.role == role)

    lead, supporting = codes(TaskUnit.Role.LEAD), codes(TaskUnit.Role.SUPPORT)
    activity = each.activity.slug if each.activity else ""
    return TaskLine(
        each.row, each.no, lead, each.collective, activity, each.due, each.text_zh, each.text_en, supporting
    )


def _unit_line(each: Unit) -> UnitLine:
    aliases = tuple(sorted(alias.text for alias in each.aliases.all()))
    return UnitLine(each.code, Unit.Kind(each.kind), each.name_zh, each.name_en, aliases)
