"""Read the packs: what is law on a day, under which article, with which figures. No Django, no clock."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path

import msgspec

FOLDER = Path(__file__).parent


class UnknownLaw(Exception):
    """Raised when no pack names a law by this id."""


class Law(msgspec.Struct, frozen=True):
    """A law and the first day on which it holds."""

    id: str
    name_zh: str
    name_en: str
    in_force_from: date


class Figure(msgspec.Struct, frozen=True):
    """A number that a rule sets; `unit` says of what, `source` where it stands."""

    id: str
    value: int
    unit: str
    source: str


class Demand(msgspec.Struct, frozen=True):
    """Fields that a paper must fill in, by a rule; `source` says where it stands."""

    id: str
    fields: tuple[str, ...]
    source: str


class Threshold(msgspec.Struct, frozen=True):
    """From which number on an incident has a grade; `is_draft` where only a draft of the rule is known."""

    grade: str
    measure: str
    at_least: int
    unit: str
    source: str
    is_draft: bool = False


class IncidentRules(msgspec.Struct, frozen=True):
    """How incidents are graded, gravest threshold first, and from which grade on they are reported."""

    report_from: str
    source: str
    thresholds: tuple[Threshold, ...]


class Pack(msgspec.Struct, frozen=True):
    """What is known to hold from `valid_from` until the next pack begins."""

    valid_from: date
    laws: tuple[Law, ...]
    figures: tuple[Figure, ...]
    demands: tuple[Demand, ...] = ()
    incidents: IncidentRules | None = None

    def law(self, law: str) -> Law:
        """Raises UnknownLaw."""
        for each in self.laws:
            if each.id == law:
                return each
        raise UnknownLaw(law)

    def figure(self, figure: str) -> Figure:
        """Raises KeyError for a figure that this pack does not set."""
        for each in self.figures:
            if each.id == figure:
                return each
        raise KeyError(figure)

    def demand(self, demand: str) -> Demand:
        """Raises KeyError for a paper about which this pack says nothing."""
        for each in self.demands:
            if each.id == demand:
                return each
        raise KeyError(demand)


def pack_on(day: date) -> Pack:
    """The pack that holds on a day; before the first pack, the first one."""
    packs = _packs()
    return next((each for each in reversed(packs) if each.valid_from <= day), packs[0])


def in_force(law: str, day: date) -> bool:
    """True when the law holds on the day; raises UnknownLaw."""
    return _law(law).in_force_from <= day


def citation(law: str, article: str, day: date) -> str | None:
    """《网络安全法》第二十三条, or None when the law does not hold on the day; raises UnknownLaw."""
    return f"《{_law(law).name_zh}》{article}" if in_force(law, day) else None


def _law(law: str) -> Law:
    return _packs()[-1].law(law)


@lru_cache(maxsize=1)
def _packs() -> tuple[Pack, ...]:
    files = sorted(FOLDER.glob("*.toml"))
    return tuple(msgspec.convert(tomllib.loads(each.read_text(encoding="utf-8")), Pack) for each in files)
