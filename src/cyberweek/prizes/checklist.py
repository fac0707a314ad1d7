"""What an organiser does for a draw, step by step: what is done, the one thing to do next, and what comes when."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cyberweek.kernel.clock import CHINA
from cyberweek.prizes import queries
from cyberweek.prizes.models import Draw, SourceValue
from cyberweek.prizes.queries import Stock
from cyberweek.prizes.services.claims import erasure_due
from cyberweek.prizes.services.draws import closing_of
from cyberweek.prizes.sheet import Delivery, Prize, Sheet, days_of

PATIENCE = timedelta(days=3)  # after a step may be taken and before Today calls it late


class State(StrEnum):
    """How a step stands; `next` is the first that can be taken now, `open` another one."""

    DONE = "done"
    NEXT = "next"
    OPEN = "open"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Step:
    """A step: from when it can be taken (None: something else comes first), and after when it is late."""

    key: str
    title: str | Promise
    state: State
    at: datetime | None = None
    late_after: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """The vouchers of one prize against what the rules promise."""

    prize: Prize
    held: int
    given: int

    @property
    def is_short(self) -> bool:
        return self.held < self.prize.count


@dataclass(frozen=True, slots=True)
class _Line:
    """A step before it is known which one comes next."""

    key: str
    title: str | Promise
    is_done: bool
    at: datetime | None
    late_after: datetime | None = None


def checklists(draws: Collection[Draw], now: datetime) -> dict[int, list[Step]]:
    """Every draw's steps in their order, at most one of them `next`; three queries whatever the number of draws."""
    sources, stock = queries.sources(draws), queries.stock([each.pk for each in draws])
    days = queries.published_days(draws)
    return {each.pk: _checklist(each, now, sources[each.pk], stock[each.pk], set(days[each.pk])) for each in draws}


def _checklist(
    draw: Draw, now: datetime, known: Mapping[str, SourceValue], stock: Mapping[str, Stock], days: set[str]
) -> list[Step]:
    sheet = queries.sheet_of(draw)
    confirmed = queries.is_confirmed([(name, known.get(name)) for name in sheet.sources])
    is_short = any(each.is_short for each in shelves_of(sheet, stock))
    steps, found = [], False
    for each in _lines(
        draw, sheet, confirmed=confirmed, is_short=is_short, has_keys=not _unpublished(sheet, now, days)
    ):
        can = not each.is_done and each.at is not None and now >= each.at
        state = State.DONE if each.is_done else State.OPEN if can and found else State.NEXT if can else State.LATER
        found = found or can
        steps.append(Step(each.key, each.title, state, each.at, each.late_after))
    return steps


def next_step(steps: list[Step]) -> Step | None:
    """The step to take now, else the one that can be taken soonest; None when all is done."""
    current = next((each for each in steps if each.state == State.NEXT), None)
    waiting = [each for each in steps if each.state == State.LATER and each.at is not None]
    return current or min(waiting, key=lambda each: each.at or datetime.max.replace(tzinfo=CHINA), default=None)


def shelves_of(sheet: Sheet, stock: Mapping[str, Stock]) -> list[Shelf]:
    """The vouchers that the rules promise, with how many are there and how many are out."""
    vouchers = [each for each in sheet.every_prize if each.delivery == Delivery.VOUCHER]
    return [
        Shelf(each, stock[each.code].held, stock[each.code].given) if each.code in stock else Shelf(each, 0, 0)
        for each in vouchers
    ]


def _unpublished(sheet: Sheet, now: datetime, published: set[str]) -> list[str]:
    """The days that are over, and whose instant prizes nobody can check yet."""
    today = now.astimezone(CHINA).date().isoformat()
    return [day for day in days_of(sheet) if day < today and day not in published]


def _lines(draw: Draw, sheet: Sheet, *, confirmed: bool, is_short: bool, has_keys: bool) -> list[_Line]:
    draw_at, (from_, until) = datetime.fromisoformat(sheet.draw_at), map(datetime.fromisoformat, sheet.claim)
    published, due = draw.sheet.published_at, erasure_due(sheet)
    lines = [_Line("rules", _("规则封存"), True, published)]
    if any(each.delivery == Delivery.VOUCHER for each in sheet.every_prize):
        lines.append(_Line("stock", _("卡券入库"), not is_short, published, from_))
    if sheet.instant is not None:
        lines.append(_Line("keys", _("公布即时奖密钥"), has_keys, published))
    return [
        *lines,
        _Line("list", _("封存名单"), draw.listed_id is not None, closing_of(sheet), draw_at),
        _Line("sources", _("两人查证公开数"), confirmed, published if draw.listed_id else None, draw_at),
        _Line("draw", _("开奖"), draw.pack_id is not None, draw_at if confirmed else None, from_),
        _Line("settle", _("结清，候补递补"), draw.settled_at is not None, until, until + PATIENCE),
        _Line("erase", _("删除个人信息"), draw.erased_at is not None, due if draw.settled_at else None, due + PATIENCE),
    ]
