"""The rules sheet of a draw: what a participant must be told beforehand, frozen with its digest at the opening.

Not a form and not a table: a value, whose bytes are published. What it must say is in the regulation packs.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

import msgspec

from cyberweek.kernel.regulations import Pack

FEN = 100  # to a yuan
MOST_PRIZES = 100_000


class Delivery(StrEnum):
    """How a prize reaches a person: a code from the stock, or goods by post."""

    VOUCHER = "voucher"
    GOODS = "goods"


class Prize(msgspec.Struct, frozen=True):
    """So many of one prize; `value_fen` is its market price."""

    code: str
    name_zh: str
    name_en: str
    delivery: Delivery
    count: int
    value_fen: int
    sponsor: str = ""


class Instant(msgspec.Struct, frozen=True):
    """A prize won on the spot by one chance in `odds`, while the stock lasts; each day has a committed key."""

    prize: Prize
    odds: int
    commitments: dict[str, str]


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is published before the first chance is given. Moments are ISO 8601 with a time zone."""

    activity: int
    title: str
    organiser: str
    contact: str
    period: tuple[str, str]
    conditions: str
    manner: str
    prizes: tuple[Prize, ...]
    alternates: int
    draw_at: str
    draw_method: str
    sources: tuple[str, ...]
    commitment: str
    claim: tuple[str, str]
    claim_way: str
    delivery: str
    abandonment: str
    complaints: str
    minors: str
    erase_after_days: int
    instant: Instant | None = None
    law: str = ""

    @property
    def stock(self) -> list[str]:
        """The prize of each rank, best first."""
        return [prize.code for prize in self.prizes for _ in range(prize.count)]

    @property
    def every_prize(self) -> tuple[Prize, ...]:
        return (*self.prizes, *((self.instant.prize,) if self.instant else ()))

    def prize(self, code: str) -> Prize:
        """Raises KeyError."""
        for each in self.every_prize:
            if each.code == code:
                return each
        raise KeyError(code)


class Fault(msgspec.Struct, frozen=True):
    """What a sheet lacks or says wrongly: a field, why, and a figure or source where there is one."""

    field: str
    why: str
    detail: str = ""


def faults(sheet: Sheet, law: Pack) -> list[Fault]:
    """Everything for which the sheet must not be published, against the law of its opening day."""
    empty = [Fault(field, "empty") for field in law.demand("prize-sheet").fields if not getattr(sheet, field)]
    return [*empty, *_wrong_times(sheet), *_wrong_prizes(sheet, law)]


def _wrong_times(sheet: Sheet) -> list[Fault]:
    found = []
    opens, closes = map(datetime.fromisoformat, sheet.period)
    draws = datetime.fromisoformat(sheet.draw_at)
    from_, until = map(datetime.fromisoformat, sheet.claim)
    if opens >= closes:
        found.append(Fault("period", "ends before it begins"))
    if draws <= closes:
        found.append(Fault("draw_at", "before the last chance"))
    if from_ < draws:
        found.append(Fault("claim", "before the draw"))
    if until <= from_:
        found.append(Fault("claim", "ends before it begins"))
    return found


def _wrong_prizes(sheet: Sheet, law: Pack) -> list[Fault]:
    cap = law.figure("draw-prize-cap")
    found = [
        Fault("prizes", "worth more than the law allows", f"{each.name_zh}；{cap.value}{cap.unit}；{cap.source}")
        for each in sheet.every_prize
        if each.value_fen > cap.value * FEN
    ]
    codes = [each.code for each in sheet.every_prize]
    if len(set(codes)) != len(codes):
        found.append(Fault("prizes", "two have the same code"))
    if any(each.count < 1 for each in sheet.every_prize) or len(sheet.stock) > MOST_PRIZES:
        found.append(Fault("prizes", "an impossible number"))
    if sheet.instant is not None and sheet.instant.odds < 1:
        found.append(Fault("instant", "impossible odds"))
    return found


def days_of(sheet: Sheet) -> list[str]:
    """The calendar days of the period, on each of which a participant may earn a chance."""
    first, last = (datetime.fromisoformat(each).date() for each in sheet.period)
    return [date.fromordinal(day).isoformat() for day in range(first.toordinal(), last.toordinal() + 1)]
