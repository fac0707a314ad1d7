"""Read what a rehearsal wrote: of the one that is going on in this house, else of the last that was kept. Never writes."""

from __future__ import annotations

from pathlib import Path

import msgspec
from django.conf import settings

PAGE = "rehearsal.json"


class Speed(msgspec.Struct, frozen=True):
    """How fast the house answered: milliseconds of half of the answers, of 99 in a hundred, of the slowest."""

    what: str
    times: int
    half: int
    most: int
    slowest: int
    slow: int


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """`at` is the rehearsed moment while it goes on, '' afterwards; `lines` are (metric, simulated, counted)."""

    at: str
    lines: list[tuple[str, int, int]]
    figures: dict[str, int]
    refused: list[tuple[str, str, int]]
    speeds: list[Speed]
    late: list[tuple[str, str, str]]
    strange: list[str]
    retried: int


def newest() -> Findings | None:
    """None where nothing was ever rehearsed."""
    path = settings.REHEARSAL / PAGE if settings.REHEARSAL else _last_kept()
    return _read(path) if path is not None and path.exists() else None


def _last_kept() -> Path | None:
    return max(settings.REHEARSALS.glob(f"*/{PAGE}"), default=None)


def _read(path: Path) -> Findings:
    return msgspec.json.decode(path.read_bytes(), type=Findings)
