"""The demo: the bundled week moved so that today is its second day, with its first day played by simulated residents.

Everything simulated is marked so in the ledger. Never used by a real installation.
"""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.utils.translation import gettext as _

from cyberweek.activities.quiz import rules, services
from cyberweek.activities.quiz.models import Classroom
from cyberweek.activities.quiz.rules import GiveAnswer, Mode
from cyberweek.activities.quiz.snapshot import QuizSnapshot
from cyberweek.component.models import Release
from cyberweek.component.rules import Refused
from cyberweek.kernel.clock import CHINA, to_ms
from cyberweek.kernel.codec import decode
from cyberweek.kernel.dice import Dice
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.ledger import door, tallies
from cyberweek.ledger.fact import FactTypes, Origin
from cyberweek.ledger.journal import Append
from cyberweek.people.models import Seat, Staff
from cyberweek.people.services import give_seat
from cyberweek.people.ticket import Attempt
from cyberweek.plan.folder import read_folder, save
from cyberweek.plan.models import Activity, Campaign
from cyberweek.plan.shift import shift
from cyberweek.prizes.means import vault
from cyberweek.prizes.services import claims, sheets
from cyberweek.project import address
from cyberweek.project.registry import REGISTRY
from cyberweek.supervision.services import assign_all
from cyberweek.units.models import Unit

FOLDER = address.ROOT / "campaigns" / "chongqing-2021"
PASSWORD = "cyberweek-demo"  # noqa: S105 -- printed on the demo's own sign-in page, which only loopback reaches
PAPERS = 300
PRIZES = (
    ("p1", "智能门锁", "Smart lock", "goods", 3, 80_000),
    ("p2", "硬件安全钥匙", "Security key", "goods", 20, 15_000),
    ("p3", "二十元图书卡", "Book voucher, 20 yuan", "voucher", 100, 2_000),
    ("instant", "两元流量券", "Data voucher, 2 yuan", "voucher", 200, 200),
)
SOURCES = ("开奖前一日上证指数收盘点位", "drand 开奖当日 8:00 后第一轮随机数")
SKILL = 78  # of a hundred answers of the simulated residents, so many are right
HOMES = 16  # districts of which simulated residents play
CLASS_NAME = "四年级二班（演示）"
CLASS_PAPERS = 12
BLUEPRINT = [
    {"topic": "fraud", "count": 2},
    {"topic": "phishing", "count": 2},
    {"topic": "passwords", "count": 2},
    {"topic": "devices", "count": 2},
    {"topic": "payments", "count": 2},
]
STAFF = (
    ("office", Seat.Role.ORGANISER),
    ("liaison", Seat.Role.LIAISON),
    ("audit", Seat.Role.AUDIT),
    ("system", Seat.Role.SYSTEM),
)


class Home(NamedTuple):
    """For whom a simulated resident plays, and how many of a hundred answers are right there."""

    district: str = ""
    unit: str = ""
    skill: int = SKILL


def is_loaded() -> bool:
    return Campaign.objects.filter(is_demo=True).exists()


def load(now: datetime, papers: int = PAPERS) -> Campaign:
    """Save the moved week, open its quiz, seat its staff, hand out its tasks, and play its first day."""
    today = now.astimezone(CHINA).date()
    campaign = save(shift(read_folder(FOLDER), today), at=now, is_demo=True)
    opening = _at(campaign.starts, 9)
    seats = _seat_staff(campaign, opening)
    assign_all(campaign, writer=door.writer(), seat=seats["office"].pk, at=opening, origin=Origin.SIMULATED)
    release = _open_quiz(campaign, seats["office"], opening)
    classroom = _make_class(release, seats["liaison"], opening)
    if campaign.starts < today:
        _play(release, opening, papers, classroom)
    count()
    return campaign


def count() -> None:
    """Fold every fact into the tallies."""
    store = door.connect()
    folder = tallies.Folder(REGISTRY.metrics, FactTypes(REGISTRY.facts))
    while tallies.catch_up(store, folder):
        pass
    store.close()


def sign_ins() -> list[dict[str, str]]:
    """The demo's staff with their password and the second-factor code of this moment."""
    names = {
        Seat.Role.ORGANISER: _("组织人员"),
        Seat.Role.LIAISON: _("联络员"),
        Seat.Role.AUDIT: _("审计管理员"),
        Seat.Role.SYSTEM: _("系统管理员"),
    }
    secrets = dict(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user__username", "data"))
    return [
        {"username": name, "password": PASSWORD, "role": names[role], "code": code_of(secrets[name]["secret"])}
        for name, role in STAFF
        if name in secrets
    ]


def code_of(secret: str) -> str:
    """The time-based one-time password of this moment (RFC 6238)."""
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time_of_day(hour), CHINA)


def _seat_staff(campaign: Campaign, at: datetime) -> dict[str, Seat]:
    office = Unit.objects.filter(activity_roles__activity__campaign=campaign).order_by("activity_roles__pk")[0]
    busy = Unit.objects.filter(task_units__task__campaign=campaign).exclude(pk=office.pk).order_by("task_units__pk")[0]
    units = {Seat.Role.LIAISON: busy}
    return {name: _seat(name, units.get(role, office), role, at) for name, role in STAFF}


def _seat(name: str, unit: Unit, role: str, at: datetime) -> Seat:
    staff = Staff.objects.create_user(name, password=PASSWORD)
    totp.TOTP.activate(staff, totp.generate_totp_secret())
    return give_seat(staff, unit=unit, role=role, at=at).seat


def _open_quiz(campaign: Campaign, seat: Seat, at: datetime) -> Release:
    activity = campaign.activities.get(kind="quiz")
    last = activity.ends or campaign.ends
    _write_sheet(activity)
    quiz = services.save_settings(
        activity, opens=at, closes=_at(last + timedelta(days=1), 0), pass_percent=80, blueprint=BLUEPRINT
    )
    return services.publish(quiz, writer=door.writer(), seat=seat.pk, at=at, origin=Origin.SIMULATED)


def _write_sheet(activity: Activity) -> None:
    """Prizes for the quiz, so that passing earns a chance and everything of a draw can be looked at."""
    proposal = sheets.proposal(activity)
    moments = {name: value.isoformat() for name, value in proposal.items() if isinstance(value, datetime)}
    texts = {name: value for name, value in proposal.items() if name not in moments}
    prizes: list[dict[str, Any]] = [
        {
            "code": code,
            "name_zh": zh,
            "name_en": en,
            "delivery": delivery,
            "count": count,
            "value_fen": fen,
            "sponsor": "",
        }
        for code, zh, en, delivery, count, fen in PRIZES
    ]
    *first, instant = prizes
    sheets.save(activity, {
        **texts, "contact": "prize@example.invalid", "complaints": "complaint@example.invalid",
        "period": [moments["opens"], moments["closes"]], "draw_at": moments["draw_at"],
        "claim": [moments["claim_from"], moments["claim_until"]], "sources": list(SOURCES), "prizes": first,
        "instant": {"prize": instant, "odds": 20, "commitments": {}},
    })  # fmt: skip
    for prize in prizes:
        if prize["delivery"] == "voucher":
            codes = [f"DEMO-{prize['code']}-{number:04}" for number in range(1, prize["count"] + 1)]
            claims.stock_up(activity.pk, prize["code"], codes, vault=vault())


def _make_class(release: Release, seat: Seat, at: datetime) -> Classroom:
    dice = Dice("demo-class", release.digest)
    return services.make_class(release.activity, unit=seat.unit, name=CLASS_NAME, at=at, below=dice.below)


def _play(release: Release, opening: datetime, papers: int, classroom: Classroom) -> None:
    """Play papers through the real rules, spread over twelve hours of the first day, and a class's in its morning."""
    snapshot = decode(bytes(release.body), QuizSnapshot)
    ids, dice = StreamIds(Node.DEMO), Dice("demo", release.digest)
    homes = _homes(snapshot, dice)
    gap, first = 12 * 3_600_000 // max(papers, 1), to_ms(opening)
    own = [(first + number * gap, homes[dice.below(len(homes))]) for number in range(papers)]
    together = [(first + number * 7_000, None) for number in range(CLASS_PAPERS)]
    appends = []
    for begun, home in sorted([*own, *together], key=lambda each: each[0]):
        stream, person = ids.mint(begun), dice.below(2**31) + 1
        attempt = Attempt(release.activity_id, release.pk, person, stream)
        if home is None:
            attempt = Attempt(release.activity_id, release.pk, stream, stream, Mode.CLASS, classroom.pk)
        appends += _paper(snapshot, release, attempt, dice, begun, home or Home())
    for result in door.writer().append_all(sorted(appends, key=lambda each: each.at)):
        if isinstance(result, Exception):
            raise result


def _homes(snapshot: QuizSnapshot, dice: Dice) -> list[Home]:
    """Where the simulated residents play: a few districts that differ a little, one unit, and those who do not say."""
    some = dice.sample(snapshot.districts, min(HOMES, len(snapshot.districts)))
    homes = [Home(each.code, skill=SKILL - 9 + dice.below(22)) for each in some]
    units = [Home(unit=each.code) for each in snapshot.units[:1]]
    return [*homes, *units, Home(), Home()]


def _paper(snapshot: QuizSnapshot, release: Release, attempt: Attempt, dice: Dice, at: int, home: Home) -> list[Append]:
    paper = rules.start(snapshot, attempt)
    appends = []
    for place, placed in enumerate(paper.placed):
        at += 4_000 + dice.below(20_000)
        wanted = placed.item.answer if dice.below(100) < home.skill else (dice.below(len(placed.order)),)
        choice = tuple(sorted(placed.order.index(each) for each in wanted))
        facts = rules.decide(snapshot, paper, GiveAnswer(place, choice, home.district, home.unit), at)
        if isinstance(facts, Refused):  # a fault of the simulation, not of a caller
            raise RuntimeError(f"the simulated resident was refused: {facts.reason}")  # noqa: TRY004 -- a refusal
        for fact in facts:
            paper = rules.evolve(snapshot, paper, fact, at)
        appends.append(
            Append(
                attempt.stream,
                place + 1,
                at,
                facts,
                release.activity_id,
                release.pk,
                attempt.participant,
                Origin.SIMULATED,
            )
        )
    return appends
