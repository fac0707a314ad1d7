"""Load units from a table. The only writer of units besides a plan that names new ones."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

from django.db import transaction

from cyberweek.units.models import Alias, Unit

DATA = Path(__file__).parent / "data" / "chongqing.csv"


@transaction.atomic
def load_units(path: Path = DATA) -> int:
    """Create or update every unit of a CSV file; returns how many it holds."""
    with path.open(encoding="utf-8", newline="") as source:
        lines = list(csv.DictReader(source))
    for line in lines:
        Unit.objects.update_or_create(code=line["code"], defaults=_values(line))
    units = {unit.code: unit for unit in Unit.objects.all()}
    for line in lines:
        _join(units, line)
    Alias.objects.bulk_create(
        [Alias(unit=units[line["code"]], text=text) for line in lines for text in line["aliases"].split("|") if text],
        ignore_conflicts=True,
    )
    return len(lines)


def bundled_codes(path: Path = DATA) -> set[str]:
    """The codes of the units that every installation has."""
    with path.open(encoding="utf-8", newline="") as source:
        return {line["code"] for line in csv.DictReader(source)}


def add_unit(*, code: str, name_zh: str, kind: str = Unit.Kind.DEPARTMENT) -> Unit:
    """Create a unit that a plan names and no table knows."""
    return Unit.objects.create(code=code, kind=kind, name_zh=name_zh)


def _values(line: dict[str, str]) -> dict[str, object]:
    return {
        "kind": line["kind"],
        "name_zh": line["name_zh"],
        "name_en": line["name_en"],
        "since": _day(line["since"]),
        "until": _day(line["until"]),
        "row": int(line["row"]) if line["row"] else None,
        "column": int(line["column"]) if line["column"] else None,
    }


def _join(units: dict[str, Unit], line: dict[str, str]) -> None:
    if line["merged_into"]:
        unit = units[line["code"]]
        unit.merged_into = units[line["merged_into"]]
        unit.save(update_fields=["merged_into"])


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
