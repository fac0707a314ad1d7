"""Whether a folder can be a campaign: what its lines must not say, alone and together. Reads no database."""

from __future__ import annotations

import csv
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug

from cyberweek.plan.folder import BadFolder, CampaignFolder

Fault = tuple[str, int, str]
_LONGEST = {"name_zh": 200, "name_en": 200, "place_zh": 200, "place_en": 200, "what_zh": 200, "what_en": 200, "to": 200}
_UNITS = ("hosts", "guides", "organisers", "leads", "units", "supporting")
_HIGHEST = 32_767  # the database's small number


def require_sound(folder: CampaignFolder, path: Path, units: Collection[str] | None = None) -> None:
    """Raise BadFolder with the first fault: its file, its line, and what to mend.

    `units` are the codes that are known beside the folder's own; without them, units are not looked at.
    """
    fault = next(chain(_faults(folder), _unknown_units(folder, units)), None)
    if fault is not None:
        name, row, words = fault
        raise BadFolder(f"{path / name}:{_line(path / name, row)}: {words}")


def _faults(folder: CampaignFolder) -> Iterator[Fault]:
    """Each fault as (file, place of the row in its table, words)."""
    about = folder.about
    if not is_slug(about.slug):
        yield "campaign.toml", 0, f"slug“{about.slug}”只能用英文字母、数字和连字符"
    if about.ends < about.starts:
        yield "campaign.toml", 0, f"活动周在 {about.ends} 结束，却在 {about.starts} 才开始"
    yield from _rows_of("activities.csv", folder.activities, {"slug": "简称", "no": "序号"})
    yield from _rows_of("theme_days.csv", folder.theme_days, {"slug": "简称"})
    yield from _rows_of("tasks.csv", folder.tasks, {"no": "序号"})
    yield from _rows_of("deadlines.csv", folder.deadlines, {})
    yield from _rows_of("units.csv", folder.units, {"code": "代码"})
    yield from _strangers(folder)


def _rows_of(name: str, rows: Sequence[Any], once: dict[str, str]) -> Iterator[Fault]:
    seen: set[tuple[str, object]] = set()
    for place, row in enumerate(rows):
        for field, word in once.items():
            if (field, getattr(row, field)) in seen:
                yield name, place, f"{word}“{getattr(row, field)}”前面已经用过"
            seen.add((field, getattr(row, field)))
        yield from ((name, place, words) for words in _faults_of(row))


def _faults_of(row: Any) -> Iterator[str]:
    """What is wrong with one row alone."""
    for field in row.__struct_fields__:
        value = getattr(row, field)
        for is_bad, words in _CHECKS:
            if is_bad(field, value):
                yield words.format(field=field, value=value)
    starts, ends = getattr(row, "starts", None), getattr(row, "ends", None)
    if isinstance(starts, date) and isinstance(ends, date) and ends < starts:
        yield f"结束日期 {ends} 早于开始日期 {starts}"
    if ends and not starts:
        yield "写了最后一天，也请写第一天"


def _strangers(folder: CampaignFolder) -> Iterator[Fault]:
    """Tasks of activities that the folder does not have."""
    known = {each.slug for each in folder.activities} | {""}
    for place, task in enumerate(folder.tasks):
        if task.activity not in known:
            yield "tasks.csv", place, f"activities.csv 里没有简称为“{task.activity}”的活动"


def _unknown_units(folder: CampaignFolder, units: Collection[str] | None) -> Iterator[Fault]:
    if units is None:
        return
    known = {*units, *(each.code for each in folder.units)}
    tables = (("activities.csv", folder.activities), ("theme_days.csv", folder.theme_days), ("tasks.csv", folder.tasks))
    for name, rows in tables:
        for place, row in enumerate(rows):
            named = (code for field in _UNITS for code in getattr(row, field, ()))
            yield from (
                (name, place, f"没有代码为“{code}”的单位：改正代码，或者写进 units.csv")
                for code in named
                if code not in known
            )


def is_slug(text: str) -> bool:
    try:
        validate_slug(text)
    except ValidationError:
        return False
    return True


_CHECKS: tuple[tuple[Callable[[str, Any], bool], str], ...] = (
    (lambda field, value: field in ("slug", "code") and not is_slug(value), "“{value}”只能用英文字母、数字和连字符"),
    (lambda field, value: field in ("name_zh", "text_zh", "what_zh", "kind") and not value, "{field} 不能空着"),
    (lambda field, value: field in _LONGEST and len(value) > _LONGEST[field], "{field} 太长，最多 200 字"),
    (lambda _field, value: isinstance(value, int) and not 0 <= value <= _HIGHEST, "{field} 不能是 {value}"),
    (lambda _field, value: isinstance(value, tuple) and len(set(value)) != len(value), "{field} 里有重复的单位"),
)


def _line(path: Path, row: int) -> int:
    """The line on which a row of a table ends; of campaign.toml, the first."""
    if path.suffix != ".csv":
        return 1
    with path.open(encoding="utf-8-sig", newline="") as source:
        reader = csv.reader(source)
        ends = [reader.line_num for _cells in reader]
    return ends[row + 1]
