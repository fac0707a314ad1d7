"""The demo: the bundled week moved so that today is its second day, with its first day played by simulated residents.

Everything simulated is marked so in the ledger. Never used by a real installation.
"""

from __future__ import annotations

import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp

from cyberweek.activities.quiz import rules, services
from cyberweek.activities.quiz.models import Classroom
from cyberweek.activities.quiz.rules import GiveAnswer, Mode
from cyberweek.activities.quiz.snapshot import QuizSnapshot
from cyberweek.component.models import Release
from cyberweek.component.rules import Refused
from cyberweek.kernel.clock import CHINA
from cyberweek.kernel.codec import decode
from cyberweek.kernel.dice import Dice
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.ledger import door, tallies
from cyberweek.ledger.fact import FactTypes, Origin
from cyberweek.ledger.journal import Append
from cyberweek.people.models import Seat, Staff
from cyberweek.people.queries import ROLE_NAMES
from cyberweek.people.services import give_seat
from cyberweek.people.ticket import Attempt
from cyberweek.plan.folder import read_folder, save
from cyberweek.plan.models import Activity, Campaign
from cyberweek.plan.shift import shift
from cyberweek.project import address, demo_bank, demo_draws, demo_duels, demo_duty, demo_tasks
from cyberweek.project.registry import REGISTRY
from cyberweek.supervision.letters import write_letters
from cyberweek.units.models import Unit

FOLDER = address.ROOT / "campaigns" / "chongqing-2021"
PASSWORD = "cyberweek-demo"  # noqa: S105 -- printed on the demo's own sign-in page, which only loopback reaches
PAPERS = 300
WARM_UP_PAPERS = 60
DUEL_OF = 5  # papers to one duel
SKILL = 78  # of a hundred answers of the simulated residents, so many are right
HOMES = 16  # districts of which simulated residents play
CLASS_NAME = "四年级二班（演示）"
CLASS_PAPERS = 12
SKILLS = 44  # from the least to the most skilled of one place
BLUEPRINT = [
    {"topic": "fraud", "count": 2},
    {"topic": "phishing", "count": 2},
    {"topic": "passwords", "count": 2},
    {"topic": "devices", "count": 2},
    {"topic": "payments", "count": 2},
]
STAFF = (
    ("office", Seat.Role.ORGANISER),
    ("second", Seat.Role.ORGANISER),
    ("lead", Seat.Role.LEAD),
    ("liaison", Seat.Role.LIAISON),
    ("juror", Seat.Role.JUROR),
    ("duty", Seat.Role.DUTY),
    ("reviewer", Seat.Role.REVIEWER),
    ("auditor", Seat.Role.AUDITOR),
    ("system", Seat.Role.SYSTEM),
    ("security", Seat.Role.SECURITY),
    ("audit", Seat.Role.AUDIT),
)


class Home(NamedTuple):
    """For whom a simulated resident plays, and how many of a hundred answers are right there."""

    district: str = ""
    unit: str = ""
    skill: int = SKILL


def is_loaded() -> bool:
    return Campaign.objects.filter(is_demo=True).exists()


def load(now: datetime, papers: int = PAPERS) -> Campaign:
    """Save the moved week, open its quiz, seat its staff, hand out its tasks, fill its bank, and play its first day."""
    today = now.astimezone(CHINA).date()
    campaign = save(shift(read_folder(FOLDER), today), at=now, is_demo=True)
    opening = _at(campaign.starts, 9)
    seats = seat_staff(campaign, opening)
    demo_tasks.play(campaign, seats["office"], seats["liaison"], opening)
    officers = (seats["office"], seats["second"])
    demo_bank.fill(seats["office"], seats["second"], opening)
    demo_duty.play(campaign, seats["duty"], opening, now)
    ids = StreamIds(Node.DEMO)
    if campaign.starts < today:
        warm_up = demo_draws.warm_up_of(campaign)
        _play(_open_warm_up(warm_up, seats["office"], opening), ids, WARM_UP_PAPERS, hours=1)
    release = _open_quiz(campaign, seats["office"], opening)
    duel = demo_duels.open_duel(campaign, seats["office"], opening)
    classroom = _make_class(release, seats["liaison"], opening)
    if campaign.starts < today:
        _play(release, ids, papers, hours=12, classroom=classroom)
        demo_duels.play(duel, ids, papers // DUEL_OF, hours=12)
        count()
        demo_draws.finish_warm_up(warm_up, officers, opening)
    count()
    write_letters(now)
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
    secrets = dict(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user__username", "data"))
    return [
        {
            "username": name,
            "password": PASSWORD,
            "role": str(ROLE_NAMES[role]),
            "code": code_of(secrets[name]["secret"]),
        }
        for name, role in STAFF
        if name in secrets
    ]


def code_of(secret: str) -> str:
    """The time-based one-time password of this moment (RFC 6238)."""
    counter = int(time.time()) // 30
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time_of_day(hour), CHINA)


def seat_staff(campaign: Campaign, at: datetime) -> dict[str, Seat]:
    """Let the demo's people hold one seat of each kind."""
    office = Unit.objects.filter(activity_roles__activity__campaign=campaign).order_by("activity_roles__pk")[0]
    busy = Unit.objects.filter(task_units__task__campaign=campaign).exclude(pk=office.pk).order_by("task_units__pk")[0]
    hosts = Unit.objects.filter(activity_roles__activity__campaign=campaign).exclude(pk=office.pk)
    units = {Seat.Role.LIAISON: busy, Seat.Role.LEAD: hosts.order_by("activity_roles__pk")[0]}
    return {name: new_seat(name, units.get(role, office), role, at) for name, role in STAFF}


def new_seat(name: str, unit: Unit, role: str, at: datetime) -> Seat:
    """Somebody new who signs in with the demo's password, on a seat."""
    staff = Staff.objects.create_user(name, password=PASSWORD)
    totp.TOTP.activate(staff, totp.generate_totp_secret())
    return give_seat(staff, unit=unit, role=role, at=at).seat


def _open_warm_up(activity: Activity, seat: Seat, opening: datetime) -> Release:
    opens, closes = demo_draws.warm_up_hours(opening)
    demo_draws.write_warm_up_sheet(activity, opening)
    return _open(activity, seat, opens=opens, closes=closes)


def _open_quiz(campaign: Campaign, seat: Seat, at: datetime) -> Release:
    quiz = campaign.activities.get(slug="quiz")
    demo_draws.write_quiz_sheet(quiz)
    return _open(quiz, seat, opens=at, closes=_at((quiz.ends or campaign.ends) + timedelta(days=1), 0))


def _open(activity: Activity, seat: Seat, *, opens: datetime, closes: datetime) -> Release:
    quiz = services.save_settings(activity, opens=opens, closes=closes, pass_percent=80, blueprint=BLUEPRINT)
    return services.publish(quiz, writer=door.writer(), seat=seat.pk, at=opens, origin=Origin.SIMULATED)


def _make_class(release: Release, seat: Seat, at: datetime) -> Classroom:
    dice = Dice("demo-class", release.digest)
    return services.make_class(release.activity, unit=seat.unit, name=CLASS_NAME, at=at, below=dice.below)


def _play(release: Release, ids: StreamIds, papers: int, *, hours: int, classroom: Classroom | None = None) -> None:
    """Play papers through the real rules, spread over some hours from the opening, and a class's at its beginning."""
    snapshot = decode(bytes(release.body), QuizSnapshot)
    dice, first = Dice("demo", release.digest), snapshot.window.opens_ms
    homes = _homes(snapshot, dice)
    gap = hours * 3_600_000 // max(papers, 1)
    own = [(first + number * gap, homes[dice.below(len(homes))]) for number in range(papers)]
    together = [(first + number * 7_000, None) for number in range(CLASS_PAPERS if classroom else 0)]
    appends = []
    for begun, home in sorted([*own, *together], key=lambda each: each[0]):
        stream, person = ids.mint(begun), dice.below(2**31) + 1
        attempt = Attempt(release.activity_id, release.pk, person, stream)
        if home is None and classroom:
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
    skill = home.skill - SKILLS // 2 + dice.below(SKILLS)
    appends = []
    for place, placed in enumerate(paper.placed):
        at += 4_000 + dice.below(20_000)
        knows = dice.below(100) < skill + demo_bank.ease(placed.item)
        wanted = placed.item.answer if knows else demo_bank.mistake(placed, dice)
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
