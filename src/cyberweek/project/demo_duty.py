"""The demo's duty: a drill that was held before the week and is closed, and a small incident whose clock runs. All invented."""

from __future__ import annotations

from datetime import datetime, timedelta

from cyberweek.duty.incidents import services
from cyberweek.duty.incidents.grading import Measures
from cyberweek.duty.statement import Said
from cyberweek.ledger import door
from cyberweek.ledger.fact import Origin
from cyberweek.people.models import Seat
from cyberweek.plan.models import Campaign

_DRILL = "桌面推演：签到名单被误发到公开群，按流程走一遍。（演示）"
_FLAW = "值班巡查发现一处外链失效，被人抢注后会指向陌生网站；已改为纯文字。（演示）"


def play(campaign: Campaign, duty: Seat, opening: datetime, now: datetime) -> None:
    """Hold the drill three days before the opening, and notice a flaw two hours ago."""
    _hold_drill(campaign, duty, opening - timedelta(days=3))
    noticed = now - timedelta(hours=2)
    flaw = services.register(
        campaign,
        services.Noticed("flaw", _said(_FLAW), noticed, campaign.activities.filter(slug="quiz").first()),
        hand=_hand(duty, noticed + timedelta(minutes=4)),
    )
    services.tell(
        flaw, "supplier", noticed + timedelta(minutes=10), _said("电话告知，对方十五分钟内改好。（演示）"),
        hand=_hand(duty, noticed + timedelta(minutes=30)),
    )  # fmt: skip


def _hold_drill(campaign: Campaign, duty: Seat, at: datetime) -> None:
    measures = Measures(people=1_200_000)
    noticed = services.Noticed("leak", _said(_DRILL), at, measures=measures, is_drill=True)
    drill = services.register(campaign, noticed, hand=_hand(duty, at))
    at += timedelta(minutes=20)
    services.tell(drill, "leaders", at, _said("当面报告。（演示）"), hand=_hand(duty, at))
    services.report(drill, "first", at + timedelta(minutes=25), hand=_hand(duty, at + timedelta(minutes=26)))
    services.note(
        drill,
        _said("撤回消息、清点名单、逐人告知，共用时 70 分钟。（演示）"),
        hand=_hand(duty, at + timedelta(minutes=50)),
    )
    services.handle(drill, hand=_hand(duty, at + timedelta(minutes=55)))
    services.report(drill, "summary", at + timedelta(hours=3), hand=_hand(duty, at + timedelta(hours=3, minutes=1)))
    services.close(drill, hand=_hand(duty, at + timedelta(hours=3, minutes=2)))


def _hand(seat: Seat, at: datetime) -> services.Hand:
    return services.Hand(door.writer(), seat.pk, at, Origin.SIMULATED)


def _said(words: str) -> Said:
    return Said("demo", words)
