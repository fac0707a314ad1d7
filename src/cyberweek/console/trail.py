"""The trail of official acts in words: searched, filtered, page by page or as a whole. Never writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import NamedTuple

import msgspec

from cyberweek.component.ports import act_words
from cyberweek.kernel.clock import CHINA, from_ms, to_ms
from cyberweek.ledger.fact import Row
from cyberweek.ledger.queries import official_acts
from cyberweek.people.queries import seat_names

PAGE = 50
CHUNK = 5_000  # rows that a search or an export reads at a time


class Act(NamedTuple):
    """An official act in words."""

    n: int
    at: datetime
    seat: str
    words: str
    kind: str
    origin: int
    body: str
    digest: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for: words, one seat, a first and a last day by the China calendar."""

    words: str = ""
    seat: int | None = None
    since: date | None = None
    until: date | None = None


def acts(asked: Asked, before: int | None = None) -> list[Act]:
    """A page of what was asked for, newest first, from below a row of the ledger."""
    return list(islice(every_act(asked, before, chunk=CHUNK if asked.words else PAGE), PAGE))


def every_act(asked: Asked, before: int | None = None, *, chunk: int = CHUNK) -> Iterator[Act]:
    """Everything that was asked for, newest first, read so many rows at a time."""
    while rows := official_acts(before=before, limit=chunk, seat=asked.seat, **_between(asked)):
        names = seat_names({-row.actor for row in rows})
        yield from (act for act in (_act(row, names) for row in rows) if _is_meant(act, asked.words))
        if len(rows) < chunk:
            return
        before = rows[-1].n


def _between(asked: Asked) -> dict[str, int | None]:
    last = asked.until and asked.until + timedelta(days=1)
    return {"since": _begin(asked.since), "until": _begin(last)}


def _begin(day: date | None) -> int | None:
    return None if day is None else to_ms(datetime.combine(day, time(), CHINA))


def _act(row: Row, names: Mapping[int, str]) -> Act:
    seat = names.get(-row.actor, f"#{-row.actor}")
    words, body = _words(row.kind, row.body), row.body.decode()
    return Act(row.n, from_ms(row.at), seat, words, row.kind, row.origin, body, row.digest.hex())


def _is_meant(act: Act, words: str) -> bool:
    return not words or any(words.lower() in text.lower() for text in (act.words, act.kind, act.seat))


def _words(kind: str, body: bytes) -> str:
    given = msgspec.json.decode(body)
    said = next((words for offer in act_words if (words := offer(kind, given))), None)
    return said or "，".join(f"{name}={value}" for name, value in given.items())
