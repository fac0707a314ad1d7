"""Figures that were counted elsewhere. They enter as facts with their provenance, so that nobody edits the report."""

from __future__ import annotations

from typing import ClassVar

from cyberweek.ledger.fact import Fact


class HeadCountImported(Fact, frozen=True):
    """A unit counted people at an activity: how, and under which reference the evidence is kept."""

    KIND: ClassVar[str] = "imported.head-count"

    unit: str
    day: str
    people: int
    method: str
    evidence: str


class HeadCountVoided(Fact, frozen=True):
    """An imported head-count was wrong and counts no more; `n` is its row in the ledger."""

    KIND: ClassVar[str] = "imported.head-count-voided"

    n: int
    people: int


FACTS = (HeadCountImported, HeadCountVoided)
METHODS = ("measured", "estimated")
