"""The demo's draws: the quiz's, open all week, and the warm-up's, finished on the opening day so that all of it can be tried.

Sources, numbers and addresses are invented; no network has numbers that begin with 100.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cyberweek.ledger import door
from cyberweek.ledger.fact import Origin
from cyberweek.messages.gateways import Text
from cyberweek.people.models import Seat
from cyberweek.plan.models import Activity, Campaign
from cyberweek.prizes import queries, receipt
from cyberweek.prizes.means import vault
from cyberweek.prizes.models import Claim, Draw
from cyberweek.prizes.services import claims, draws, sheets
from cyberweek.prizes.services.claims import Means
from cyberweek.prizes.sheet import Delivery
from cyberweek.prizes.words import consent


@dataclass(frozen=True, slots=True)
class Offer:
    """A prize of the demo; `yuan` is what one is worth."""

    code: str
    name_zh: str
    name_en: str
    delivery: Delivery
    count: int
    yuan: int


QUIZ = (
    Offer("p1", "智能门锁", "Smart lock", Delivery.GOODS, 3, 800),
    Offer("p2", "硬件安全钥匙", "Security key", Delivery.GOODS, 20, 150),
    Offer("p3", "二十元图书卡", "Book voucher, 20 yuan", Delivery.VOUCHER, 100, 20),
)
INSTANT = Offer("instant", "两元流量券", "Data voucher, 2 yuan", Delivery.VOUCHER, 200, 2)
QUIZ_SOURCES = ("开奖前一日上证指数收盘点位", "drand 开奖当日 8:00 后第一轮随机数")
WARM_UP = (
    Offer("p1", "保温杯", "Flask", Delivery.GOODS, 3, 60),
    Offer("p2", "十元图书卡", "Book voucher, 10 yuan", Delivery.VOUCHER, 5, 10),
)
WARM_UP_SOURCES = (
    ("开幕式现场掷出的六枚骰子（模拟）", "3 5 1 6 2 4"),
    ("开幕式现场观众报出的四位数（模拟）", "7 3 0 8"),
)
DRAW_AFTER, CLAIM_AFTER = timedelta(hours=5), timedelta(hours=6)
CLAIMED = (1, 2, 4, 5, 10)  # ranks: two of the flasks, two of the vouchers, and an alternate who waits
SENT_TO = ("收件人（模拟）", "示例市示例区示例路 1 号")


def write_quiz_sheet(activity: Activity) -> None:
    """Rules and prizes for the quiz, so that passing earns a chance and may win at once."""
    sheets.save(activity, {
        **_rules(activity), "sources": list(QUIZ_SOURCES), "prizes": [_prize(each) for each in QUIZ],
        "instant": {"prize": _prize(INSTANT), "odds": 20, "commitments": {}},
    })  # fmt: skip
    _stock_up(activity, (*QUIZ, INSTANT))


def warm_up_of(campaign: Campaign) -> Activity:
    """A small quiz on the opening morning that is in no plan."""
    return campaign.activities.create(
        no=campaign.activities.count() + 1, slug="warm-up", kind="quiz", starts=campaign.starts, ends=campaign.starts,
        name_zh="开幕预热答题", name_en="Opening warm-up quiz",
        summary_zh="开幕当天早上的一份小答卷，已经开奖：每一步都可以看，可以核对。",
        summary_en="A small paper on the opening morning, drawn already: every step can be seen and checked.",
    )  # fmt: skip


def warm_up_hours(opening: datetime) -> tuple[datetime, datetime]:
    """From when to when the warm-up is open: before everything else."""
    return opening - timedelta(hours=2), opening - timedelta(minutes=30)


def write_warm_up_sheet(activity: Activity, opening: datetime) -> None:
    """Rules whose every moment is on the opening day, but for the claims, which go on."""
    opens, closes = warm_up_hours(opening)
    draw_at, from_, until = (opening + each for each in (DRAW_AFTER, CLAIM_AFTER, timedelta(days=12)))
    sheets.save(activity, {
        **_rules(activity), "period": [opens.isoformat(), closes.isoformat()], "draw_at": draw_at.isoformat(),
        "claim": [from_.isoformat(), until.isoformat()],
        "sources": [name for name, _value in WARM_UP_SOURCES], "prizes": [_prize(each) for each in WARM_UP],
        "alternates": 10,
    })  # fmt: skip
    _stock_up(activity, WARM_UP)


def finish_warm_up(activity: Activity, officers: Sequence[Seat], opening: datetime) -> None:
    """Close the list, let two officers type the sources, draw, and let some winners claim. All has been counted before."""
    found, writer = queries.draw_of(activity), door.writer()
    assert found is not None  # noqa: S101 -- its activity was opened a moment ago
    first, at = officers[0].pk, opening + timedelta(hours=2)
    found = draws.freeze_list(found, {}, writer=writer, seat=first, at=at, origin=Origin.SIMULATED)
    for name, value in WARM_UP_SOURCES:
        for seat in officers:
            draws.record_source(found, name, value, writer=writer, seat=seat, at=at, origin=Origin.SIMULATED)
    draws.hold(found, vault=vault(), writer=writer, seat=first, at=opening + DRAW_AFTER, origin=Origin.SIMULATED)
    _claim_some(activity, opening + CLAIM_AFTER)


def _rules(activity: Activity) -> dict[str, object]:
    proposal = sheets.proposal(activity)
    moments = {name: value.isoformat() for name, value in proposal.items() if isinstance(value, datetime)}
    return {
        **{name: value for name, value in proposal.items() if name not in moments},
        "contact": "prize@example.invalid",
        "complaints": "complaint@example.invalid",
        "period": [moments["opens"], moments["closes"]],
        "draw_at": moments["draw_at"],
        "claim": [moments["claim_from"], moments["claim_until"]],
    }


def _prize(offer: Offer) -> dict[str, object]:
    return {
        "code": offer.code, "name_zh": offer.name_zh, "name_en": offer.name_en, "delivery": offer.delivery,
        "count": offer.count, "value_fen": offer.yuan * 100, "sponsor": "",
    }  # fmt: skip


def _stock_up(activity: Activity, offers: Sequence[Offer]) -> None:
    for each in offers:
        if each.delivery == Delivery.VOUCHER:
            codes = [f"DEMO-{activity.pk}-{each.code}-{number:04}" for number in range(1, each.count + 1)]
            claims.stock_up(activity.pk, each.code, codes, vault=vault())


class _Heard:
    """A gateway that only remembers the last text: nothing of the demo is ever sent."""

    words = ""

    def send(self, text: Text) -> None:
        self.words = text.words


def _claim_some(activity: Activity, at: datetime) -> None:
    found = queries.draw_of(activity)
    assert found is not None  # noqa: S101 -- as above
    heard = _Heard()
    means = Means(vault(), heard, secrets.token_bytes)
    made = {rank: _claim(found, rank, number, means, heard, at) for number, rank in enumerate(CLAIMED, 1)}
    name, address = SENT_TO
    claims.save_address(made[1], name=name, address=address, vault=vault())


def _claim(draw: Draw, rank: int, number: int, means: Means, heard: _Heard, at: datetime) -> Claim:
    """Claim for a rank as its winner would: receipt, number, code."""
    sheet = queries.sheet_of(draw)
    shown = next(_receipts(draw, rank))
    pending = claims.ask_for_code(
        draw, queries.chance_in(draw, sheet, shown, vault()), f"100{number:08}", rank=rank,
        consent=consent(sheet.organiser, sheet.erase_after_days), words="{code}", means=means, at=at,
    )  # fmt: skip
    return claims.verify(pending, heard.words, means=means, writer=door.writer(), at=at, origin=Origin.SIMULATED)


def _receipts(draw: Draw, rank: int) -> Iterator[bytes]:
    leaf = bytes(draw.ranked.get(rank=rank).leaf)
    for each in queries.every_chance(draw, queries.sheet_of(draw)):
        if each.leaf == leaf:
            yield receipt.write(activity=draw.pk, day=each.day, code=each.code)
