"""A draw with chances in the ledger, its officers, and a gateway whose texts can be read."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from cyberweek.kernel.clock import CHINA, system_clock
from tests.prizes.examples import moments, sheet

OPENING = datetime(2026, 11, 23, 1, tzinfo=UTC)  # 9:00 in China
STEPS = {  # how long after the opening each phase of a draw has begun
    "coming": timedelta(days=-1),
    "earning": timedelta(days=2),
    "closed": timedelta(days=7),
    "listed": timedelta(days=7),
    "drawn": timedelta(days=9, hours=1),
    "claiming": timedelta(days=12),
    "over": timedelta(days=20),
    "erased": timedelta(days=60),
}


@dataclass
class DrawHouse:
    """An activity with a frozen sheet, two officers, and whatever happens to it; all of it `moved` by some time."""

    house: object
    activity: object
    officers: list = field(default_factory=list)
    outbox: Path | None = None
    means: object = None
    moved: timedelta = timedelta(0)

    @property
    def draw(self):
        from cyberweek.prizes import queries

        return queries.draw_of(self.activity)

    @property
    def sheet(self):
        from cyberweek.prizes import queries

        return queries.sheet_of(self.draw)

    @property
    def day(self) -> str:
        """The day on which chances are earned."""
        return (datetime(2026, 11, 24, tzinfo=CHINA) + self.moved).date().isoformat()

    def earn(self, participants: range, day: str = "") -> None:
        """Let participants earn a chance on a day, and count it."""
        from cyberweek.component.facts import ChanceEarned
        from cyberweek.kernel.ids import StreamIds
        from cyberweek.ledger.journal import Append

        ids, day = StreamIds(40), day or self.day
        at = datetime.fromisoformat(f"{day}T12:00:00+08:00")
        ms = int(at.timestamp() * 1000)
        appends = [Append(ids.mint(ms), 1, ms, [ChanceEarned(day)], self.activity.pk, actor=p) for p in participants]
        self.house.writer.append_all(appends)
        self.house.count()

    def close_list(self, excluded: dict | None = None, *, count: bool = True):
        from cyberweek.prizes.services import draws

        if count:
            self.house.count()
        return draws.freeze_list(
            self.draw, excluded or {}, writer=self.house.writer, seat=self.officers[0].pk, at=self.after_closing
        )

    def record(self, name: str, value: str, officer: int = 0):
        from cyberweek.prizes.services import draws

        seat = self.officers[officer]
        return draws.record_source(self.draw, name, value, writer=self.house.writer, seat=seat, at=self.after_closing)

    def hold(self, at: datetime | None = None):
        from cyberweek.prizes.services import draws

        seat, writer = self.officers[0].pk, self.house.writer
        return draws.hold(self.draw, vault=self.means.vault, writer=writer, seat=seat, at=at or self.draw_time)

    def run(self, chances: int, excluded: dict | None = None):
        """Everything up to the published pack."""
        self.earn(range(1, chances + 1))
        self.close_list(excluded)
        for name in self.sheet.sources:
            for officer in (0, 1):
                self.record(name, "03 07 12", officer)
        return self.hold()

    def chances(self, participant: int):
        from cyberweek.prizes import queries

        return queries.chances_of(self.draw, self.sheet, participant, self.means.vault)

    def chance_of_rank(self, rank: int):
        """The chance of whoever drew a rank."""
        from django.conf import settings

        from cyberweek.people.ticket import Signer
        from cyberweek.prizes.draw import leaf_of
        from cyberweek.prizes.models import Ranked

        leaf = bytes(Ranked.objects.get(draw=self.draw, rank=rank).leaf)
        signer, day, activity = Signer(settings.TICKET_KEY), self.day, self.activity.pk
        owner = next(p for p in range(1, 400) if leaf_of(activity, day, signer.chance_code(p, activity, day)) == leaf)
        return next(chance for chance in self.chances(owner) if chance.leaf == leaf)

    def ticket_of(self, chance) -> str:
        """The cookie of the device that earned a chance."""
        from django.conf import settings

        from cyberweek.people.ticket import Signer, Ticket

        signer = Signer(settings.TICKET_KEY)
        owner = next(p for p in range(1, 400) if signer.chance_code(p, self.activity.pk, chance.day) == chance.code)
        return signer.ticket(Ticket(owner, 1_790_000_000_000))

    def ask(self, rank: int, phone: str, at: datetime | None = None):
        from cyberweek.prizes.services import claims

        return claims.ask_for_code(
            self.draw, self.chance_of_rank(rank), phone, rank=rank, consent="agreed", words="code {code}",
            means=self.means, at=at or self.claim_time,
        )  # fmt: skip

    def claim(self, rank: int, phone: str, at: datetime | None = None):
        from cyberweek.prizes.services import claims

        pending = self.ask(rank, phone, at)
        code = self.texts()[-1]["words"].removeprefix("code ")
        return claims.verify(pending, code, means=self.means, writer=self.house.writer, at=at or self.claim_time)

    def texts(self) -> list[dict]:
        if not self.outbox.exists():
            return []
        return [json.loads(line) for line in self.outbox.read_text(encoding="utf-8").splitlines()]

    def facts(self, prefix: str) -> list[str]:
        """The kinds of this draw's facts, in their order."""
        store = self.house.store()
        found = [row.kind for row in store.read_after(0) if row.kind.startswith(prefix)]
        store.close()
        return found

    @property
    def after_closing(self) -> datetime:
        return datetime.fromisoformat("2026-11-30T02:00:00+08:00") + self.moved

    @property
    def draw_time(self) -> datetime:
        return datetime.fromisoformat("2026-12-02T10:00:00+08:00") + self.moved

    @property
    def claim_time(self) -> datetime:
        return datetime.fromisoformat("2026-12-03T10:00:00+08:00") + self.moved

    @property
    def window_over(self) -> datetime:
        return datetime.fromisoformat("2026-12-12T00:00:00+08:00") + self.moved

    @property
    def erase_time(self) -> datetime:
        return datetime.fromisoformat("2027-01-11T00:00:00+08:00") + self.moved


def make_draw(house, tmp_path: Path, moved: timedelta = timedelta(0), **changes) -> DrawHouse:
    from django.conf import settings

    from cyberweek.messages.gateways import FileGateway
    from cyberweek.people.models import Seat
    from cyberweek.people.services import add_staff, give_seat
    from cyberweek.people.vault import Vault
    from cyberweek.plan.models import Activity, Campaign
    from cyberweek.prizes.services import sheets
    from cyberweek.prizes.services.claims import Means
    from cyberweek.units.models import Unit

    first = date(2026, 11, 23) + moved
    campaign = Campaign.objects.create(
        name_zh="示例网安周", slug="example", area="示例市", starts=first, ends=first + timedelta(days=6), seed="s",
        confirmed_at=house.at,
    )  # fmt: skip
    activity = Activity.objects.create(campaign=campaign, no=1, slug="quiz", kind="quiz", name_zh="示例答题")
    unit = Unit.objects.create(code="office", name_zh="示例办公室", kind=Unit.Kind.OFFICE)
    outbox = tmp_path / "outbox.jsonl"
    made = DrawHouse(house, activity, outbox=outbox, moved=moved)
    made.means = Means(Vault(settings.VAULT_KEY, os.urandom), FileGateway(outbox), os.urandom)
    for name in ("first-officer", "second-officer"):
        staff = add_staff(name, name="", password="a long password for tests")
        made.officers.append(give_seat(staff, unit=unit, role=Seat.Role.ORGANISER, at=OPENING + moved).seat)
    content = msgspec.to_builtins(sheet(**(moments(moved) | changes)))
    for fixed in ("activity", "commitment", "law"):
        del content[fixed]
    sheets.save(activity, content)
    sheets.freeze(activity, seat=made.officers[0].pk, at=OPENING + moved, vault=made.means.vault, randomness=os.urandom)
    from cyberweek.ledger import outbox as facts

    facts.drain(house.writer)
    return made


@pytest.fixture
def drawing(house, tmp_path) -> DrawHouse:
    return make_draw(house, tmp_path)


@pytest.fixture
def any_drawing(any_house, tmp_path) -> DrawHouse:
    """The same on both databases."""
    return make_draw(any_house, tmp_path)


@pytest.fixture
def drawing_with(house, tmp_path) -> Callable[..., DrawHouse]:
    return lambda **changes: make_draw(house, tmp_path, **changes)


@pytest.fixture
def days_later() -> Callable[[datetime, int], datetime]:
    return lambda moment, days: moment + timedelta(days=days)


def draw_in(house, tmp_path: Path, phase: str, chances: int = 0, **changes) -> DrawHouse:
    """Make a draw that is in a phase at this very moment, its steps taken when their time was."""
    made = make_draw(house, tmp_path, system_clock() - OPENING - STEPS[phase] - timedelta(hours=1), **changes)
    made.earn(range(1, chances + 1))
    reached = list(STEPS).index(phase)
    if reached >= list(STEPS).index("listed"):
        made.close_list()
    if reached >= list(STEPS).index("drawn"):
        for name in made.sheet.sources:
            made.record(name, "03 07 12", 0)
            made.record(name, "03 07 12", 1)
        made.hold()
    return made


@pytest.fixture
def now_in(house, tmp_path, settings) -> Iterator[Callable[..., DrawHouse]]:
    """Make a draw that is in a phase now; what its pages send goes to its outbox."""
    from cyberweek.prizes.means import means

    def make(phase: str, chances: int = 0, **changes) -> DrawHouse:
        made = draw_in(house, tmp_path, phase, chances, **changes)
        settings.SMS_GATEWAY = f"file:{made.outbox}"
        means.cache_clear()
        return made

    yield make
    means.cache_clear()


@pytest.fixture
def client(house):
    from django.test import Client

    return Client(SERVER_NAME="localhost")


@pytest.fixture
def ticket() -> Callable[[int], str]:
    """The cookie by which a participant's device is known."""
    from django.conf import settings

    from cyberweek.people.ticket import Signer, Ticket

    return lambda participant: Signer(settings.TICKET_KEY).ticket(Ticket(participant, 1_790_000_000_000))


@pytest.fixture
def queries_of(client) -> Callable[[str], int]:
    """How many queries a page takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(path: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    return count
