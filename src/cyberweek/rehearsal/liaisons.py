"""The liaisons: early, late, wrong, or silent. Each opens the own unit's tasks and does what the pages offer."""

from __future__ import annotations

import io
from datetime import datetime, timedelta

from PIL import Image

from cyberweek.kernel.dice import Dice
from cyberweek.rehearsal.agenda import Agenda
from cyberweek.rehearsal.cast import Person, Week, moment
from cyberweek.rehearsal.desk import TASK, Desk, NoSuchForm, Page
from cyberweek.rehearsal.network import network
from cyberweek.rehearsal.record import Late, Record

TEMPERS = ("early", "wrong", "late", "steady", "silent", "steady", "early", "steady")
WORDS = "已按方案办好，现场秩序良好（彩排）。"
LINK = "https://news.example.invalid/rehearsal"
PHOTO_SIZE = (640, 480)


def spawn(week: Week, agenda: Agenda, record: Record, *, first_network: int) -> None:
    """Let every liaison take part in a temper of its own."""
    for number, person in enumerate(week.liaisons):
        desk = Desk(week.base, network(first_network + number), record)
        liaison = Liaison(week, person, desk, agenda, record, temper=TEMPERS[number % len(TEMPERS)])
        agenda.spawn(liaison.live())


class Liaison:
    """One unit's, at a desk of its own."""

    def __init__(self, week: Week, person: Person, desk: Desk, agenda: Agenda, record: Record, *, temper: str) -> None:
        self._week, self._person, self._desk, self._agenda, self._record = week, person, desk, agenda, record
        self._temper = temper
        self._dice = Dice("liaison", person.username)

    async def live(self) -> None:
        """Come by so often as this temper does, and do what there is to do."""
        if self._temper == "silent":
            self._record.late.append(Late(self._person.unit, "never"))
        for number, day in enumerate(self._visits()):
            await self._agenda.until(day + timedelta(minutes=self._dice.below(240)))
            if number == 0:
                await self._desk.sign_in(self._person)
            try:
                await self._work()
            except NoSuchForm as error:
                self._record.notice(f"{self._person.unit} found no form: {error}")
        await self._desk.leave()

    def _visits(self) -> list[datetime]:
        last = moment(self._week.deadline, 9)
        if self._temper == "late":
            return [self._week.at(2, 9), last + timedelta(days=1)]
        if self._temper == "silent":
            return []
        first = self._week.at({"early": -6, "steady": -3}.get(self._temper, -2), 9)
        return [first, *(self._week.at(day, 9) for day in (1, self._week.days - 1)), last - timedelta(days=1)]

    async def _work(self) -> None:
        """Sign for what is new; report what was signed for, once the week has begun."""
        listed = await self._desk.open("/console/tasks/")
        for path in listed.links(TASK):
            page = await self._desk.open(path)
            if page.has(f"{TASK}sign-for/"):
                await self._sign(page, listed)
            elif page.has(f"{TASK}report/") and self._agenda.now() >= self._week.at(0):
                await self._report(page)

    async def _sign(self, page: Page, listed: Page) -> None:
        is_wrong = self._temper == "wrong"
        if is_wrong:
            await self._open_another(listed)
        if self._is_done(await self._desk.submit(page, f"{TASK}sign-for/")):
            self._record.add("task.signed-for")
        if is_wrong and self._is_done(await self._desk.submit(page, f"{TASK}sign-for/")):
            self._record.notice(f"{self._person.unit} signed twice")

    async def _report(self, page: Page) -> None:
        if self._temper == "wrong" and self._is_done(await self._desk.submit(page, f"{TASK}report/", people="-1")):
            self._record.notice(f"{self._person.unit} reported fewer than nobody")
        people = f"{30 + self._dice.below(400)}"
        given = {"words": WORDS, "people": people, "grade": "measured", "links": LINK}
        done = await self._desk.submit_photo(page, f"{TASK}report/", _photo(self._dice), **given)
        if not self._is_done(done):
            return
        if self._agenda.now() > moment(self._week.deadline, 15):
            self._record.late.append(Late(self._person.unit, "after-deadline", page.path))
        else:
            self._record.add("task.reported")

    async def _open_another(self, listed: Page) -> None:
        """Open another unit's task: it must not be there for this liaison."""
        own = set(listed.links(TASK))
        another = next(path for number in range(1, len(own) + 2) if (path := f"/console/tasks/{number}/") not in own)
        page = await self._desk.open(another)
        if page.status < 400:  # noqa: PLR2004 -- anything that is no refusal
            self._record.notice(f"{self._person.unit} saw another unit's task")
        else:
            self._record.refuse(self._name, f"{page.status}")

    def _is_done(self, page: Page) -> bool:
        """True when the house says that it was done; otherwise why not is kept."""
        if not page.is_done:
            self._record.refuse(self._name, page.reason)
        return page.is_done

    @property
    def _name(self) -> str:
        return f"liaison {self._person.unit}"


def _photo(dice: Dice) -> bytes:
    """A picture that no other is like."""
    noise = bytes(dice.below(256) for _ in range(48))
    out = io.BytesIO()
    Image.frombytes("RGB", (4, 4), noise).resize(PHOTO_SIZE).save(out, "JPEG")
    return out.getvalue()
