"""A participant's chances as pages show them: what each won, and what can be done about it now."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cyberweek.prizes import queries
from cyberweek.prizes.models import Claim, Draw
from cyberweek.prizes.queries import Chance
from cyberweek.prizes.sheet import Delivery, Prize, Sheet
from cyberweek.prizes.tree import Place


class Standing(StrEnum):
    """What can be done about a win: claim it now or soon, see what came of it, or nothing any more."""

    NOW = "now"
    SOON = "soon"
    CLAIMED = "claimed"
    GONE = "gone"
    OUT = "out"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Win:
    """A rank that a chance drew (0: the instant prize), its prize (None for an alternate), and its claim."""

    rank: int
    prize: Prize | None
    claim: Claim | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Earned:
    """A chance of a day with its receipt, its place in the frozen list and its wins."""

    day: str
    receipt: str
    place: Place | None
    wins: tuple[Win, ...]

    @property
    def has_prize(self) -> bool:
        """True when it won more than a place among the alternates."""
        return any(each.prize is not None for each in self.wins)


def earned(draw: Draw, sheet: Sheet, chances: Collection[Chance], now: datetime) -> list[Earned]:
    """Chances as pages show them; one query more than the chances themselves took."""
    out = _run_out(draw, sheet) if chances else set()
    return [
        Earned(each.day, queries.receipt_of(draw, each).decode(), each.place, tuple(_wins(sheet, each, out, now)))
        for each in chances
    ]


def _wins(sheet: Sheet, chance: Chance, out: set[str], now: datetime) -> list[Win]:
    won: list[tuple[int, Prize | None]] = []
    if chance.won_instantly and sheet.instant is not None:
        won.append((0, sheet.instant.prize))
    if chance.ranked is not None:
        won.append((chance.ranked.rank, sheet.prize(chance.ranked.prize) if chance.ranked.prize else None))
    return [
        Win(rank, prize, chance.claim_for(rank), _standing(sheet, chance, rank, prize, out, now)) for rank, prize in won
    ]


def _standing(sheet: Sheet, chance: Chance, rank: int, prize: Prize | None, out: set[str], now: datetime) -> Standing:
    from_, until = map(datetime.fromisoformat, sheet.claim)
    if chance.claim_for(rank) is not None:
        return Standing.CLAIMED
    if rank in chance.gone:
        return Standing.GONE
    if now >= until:
        return Standing.OVER
    if rank and now < from_:
        return Standing.SOON
    return Standing.OUT if prize is not None and prize.code in out else Standing.NOW


def _run_out(draw: Draw, sheet: Sheet) -> set[str]:
    """The vouchers of which none is left."""
    stock = queries.stock([draw.pk])[draw.pk]
    codes = [each.code for each in sheet.every_prize if each.delivery == Delivery.VOUCHER]
    return {code for code in codes if code not in stock or stock[code].given >= stock[code].held}
