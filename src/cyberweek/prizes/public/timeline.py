"""The steps of a draw as residents see them: what has happened, what is next, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from cyberweek.prizes.models import Draw
from cyberweek.prizes.queries import Phase
from cyberweek.prizes.services.claims import erasure_due
from cyberweek.prizes.sheet import Prize, Sheet


class Standing(StrEnum):
    """How a step stands: it is over, it goes on now, it comes next, or it comes later."""

    DONE = "done"
    RUNNING = "running"
    NEXT = "next"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Step:
    """A step with its key (rules, chances, list, sources, draw, claims, erasure), how it stands, and its moments."""

    key: str
    standing: Standing
    at: datetime | None = None
    until: datetime | None = None


class Placed(NamedTuple):
    """A prize with the ranks that get it; both are 0 for the instant prize."""

    prize: Prize
    first: int
    last: int


_ORDER = (Phase.COMING, Phase.EARNING, Phase.CLOSED, Phase.LISTED, Phase.DRAWN, Phase.CLAIMING, Phase.OVER)


def steps(draw: Draw, sheet: Sheet, phase: Phase, *, confirmed: bool) -> list[Step]:
    """Every step in its order; exactly one of them is running or next until all is done."""
    opens, closes = map(datetime.fromisoformat, sheet.period)
    from_, until = map(datetime.fromisoformat, sheet.claim)
    reached = _ORDER.index(phase)
    listed, pack = draw.listed, draw.pack
    is_done = {
        "rules": True,
        "chances": reached >= _ORDER.index(Phase.CLOSED),
        "list": listed is not None,
        "sources": confirmed,
        "draw": pack is not None,
        "claims": phase == Phase.OVER,
        "erasure": draw.erased_at is not None,
    }
    at = {
        "rules": (draw.sheet.published_at, None),
        "chances": (opens, closes),
        "list": (listed.published_at if listed else closes, None),
        "sources": (None, None),
        "draw": (pack.published_at if pack else datetime.fromisoformat(sheet.draw_at), None),
        "claims": (from_, until),
        "erasure": (draw.erased_at or erasure_due(sheet), None),
    }
    current = next((key for key, done in is_done.items() if not done), "")
    running = {Phase.EARNING: "chances", Phase.CLAIMING: "claims"}.get(phase)
    found = []
    for key, done in is_done.items():
        ahead = Standing.RUNNING if key == running else Standing.NEXT if key == current else Standing.AHEAD
        found.append(Step(key, Standing.DONE if done else ahead, *at[key]))
    return found


def placed(sheet: Sheet) -> list[Placed]:
    """The prizes with their ranks, best first; the instant prize last."""
    found, first = [], 1
    for each in sheet.prizes:
        found.append(Placed(each, first, first + each.count - 1))
        first += each.count
    return [*found, *([Placed(sheet.instant.prize, 0, 0)] if sheet.instant else [])]
