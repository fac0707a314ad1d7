"""What supervision writes to whom: of acts, of days, and once a day of everything. Each has a reason that makes it once.

Read from the ledger and the calendar every minute: a letter that was missed is written by the next round, and none twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cyberweek.kernel.clock import CHINA, to_ms
from cyberweek.ledger.fact import Row
from cyberweek.messages.services import MAIL, TEXT, Note, write
from cyberweek.people.models import Seat
from cyberweek.people.queries import seats_held
from cyberweek.plan.models import Campaign
from cyberweek.plan.queries import shown_campaign
from cyberweek.supervision.facts import (
    ExtensionAsked,
    ExtensionRefused,
    TaskActTakenBack,
    TaskAssigned,
    TaskDueMoved,
    TaskReopened,
    TaskReported,
    TaskReturned,
    TaskUrged,
    TaskWithdrawn,
)
from cyberweek.supervision.plain import digest_text, listed, reminder_subject
from cyberweek.supervision.queries import TaskLine, lines_with_rows
from cyberweek.supervision.reminders import LADDER, OFFICE, Reminder, reminders
from cyberweek.supervision.words import act_words

OF_ACTS = {
    TaskDueMoved.KIND: Seat.Role.LIAISON,
    ExtensionRefused.KIND: Seat.Role.LIAISON,
    TaskReturned.KIND: Seat.Role.LIAISON,
    TaskReopened.KIND: Seat.Role.LIAISON,
    TaskUrged.KIND: Seat.Role.LIAISON,
    TaskWithdrawn.KIND: Seat.Role.LIAISON,
    ExtensionAsked.KIND: OFFICE,
    TaskReported.KIND: OFFICE,
}
URGENT = {TaskUrged.KIND}
FORGOTTEN = timedelta(days=7)  # of older acts nobody is told: an installation that is new to old facts stays quiet
DIGEST_HOUR = 8
AFTER_THE_WEEK = timedelta(days=14)
BOTH, QUIET = frozenset({MAIL, TEXT}), frozenset({MAIL})
Lines = Sequence[tuple[TaskLine, Sequence[Row]]]


@dataclass(frozen=True, slots=True)
class Addressees:
    """Who holds which seat now, by unit and role."""

    held: Mapping[tuple[int, str], Sequence[int]]

    def of(self, unit: int, role: str) -> Sequence[int]:
        """The seats of a role, else those one step up the ladder, so that nothing is said to nobody."""
        for each in LADDER[LADDER.index(role) :]:
            if seats := self.office if each == OFFICE else self.held.get((unit, each), ()):
                return seats
        return ()

    @property
    def office(self) -> Sequence[int]:
        return [seat for (_unit, role), seats in self.held.items() if role == OFFICE for seat in seats]


def write_letters(at: datetime) -> int:
    """Write whatever is to be written now about the tasks of the shown campaign; returns how many letters are new."""
    campaign = shown_campaign()
    if campaign is None:
        return 0
    today = at.astimezone(CHINA).date()
    lines = lines_with_rows(campaign, today=today)
    who = Addressees(seats_held((Seat.Role.LIAISON, Seat.Role.LEAD, Seat.Role.ORGANISER)))
    with override("zh-hans"):  # a letter is kept as it was written, and the office writes Chinese
        notes = [*of_assigning(lines, who, at), *of_acts(lines, who, at), *of_days(lines, who, today)]
        if _has_digest(campaign, at):
            notes += of_everything([line for line, _rows in lines], who, today)
    return write(notes, at=at)


def of_assigning(lines: Lines, who: Addressees, at: datetime) -> Iterator[Note]:
    """One letter for all that a unit was handed at once."""
    handed: dict[tuple[int, int], list[TaskLine]] = defaultdict(list)
    for line, rows in lines:
        for row in _standing(rows, at):
            if row.kind == TaskAssigned.KIND:
                handed[line.pair.unit_id, row.at].append(line)
    for (unit, when), own in handed.items():
        for seat in who.of(unit, Seat.Role.LIAISON):
            subject = _("新交办 %(n)d 项任务，请签收") % {"n": len(own)}
            url = _url(own[0]) if len(own) == 1 else f"{reverse('supervision:tasks')}?state=assigned"
            yield Note(f"assigned:{unit}:{when}:{seat}", seat, subject, listed(own), url)


def of_acts(lines: Lines, who: Addressees, at: datetime) -> Iterator[Note]:
    """A letter for each act that somebody waits for."""
    for line, rows in lines:
        for row in _standing(rows, at):
            if row.kind not in OF_ACTS:
                continue
            for seat in who.of(line.pair.unit_id, OF_ACTS[row.kind]):
                by = BOTH if row.kind in URGENT else QUIET
                subject = f"{act_words(row.kind, {})}：{line.short}"
                yield Note(f"act:{row.stream}:{row.step}:{seat}", seat, subject, listed([line]), _url(line), by)


def of_days(lines: Lines, who: Addressees, today: date) -> Iterator[Note]:
    """Reminders before and after the due day, and of what nobody signs for."""
    for line, _rows in lines:
        for reminder in reminders(line.state, today):
            yield from _reminders(line, reminder, who, today)


def of_everything(lines: Sequence[TaskLine], who: Addressees, today: date) -> Iterator[Note]:
    """The digest of the day: the office sees all, a liaison the own unit's; who has nothing to do hears nothing."""
    units: dict[int, list[TaskLine]] = defaultdict(list)
    for line in lines:
        units[line.pair.unit_id].append(line)
    url = reverse("supervision:tasks")
    subject = _("今日任务：%(day)s") % {"day": f"{today.month}月{today.day}日"}
    parts = [(who.office, list(lines))]
    parts += [(who.held.get((unit, Seat.Role.LIAISON), ()), own) for unit, own in units.items()]
    for seats, own in parts:
        text = digest_text(own)
        for seat in seats if text else ():
            yield Note(f"digest:{today}:{seat}", seat, subject, text, url)


def _reminders(line: TaskLine, reminder: Reminder, who: Addressees, today: date) -> Iterator[Note]:
    seats = dict.fromkeys(seat for role in reminder.step.to for seat in who.of(line.pair.unit_id, role))
    for seat in seats:
        subject = reminder_subject(line, reminder, today)
        by = BOTH if reminder.step.urgent else QUIET
        yield Note(f"{reminder.reason}:{line.pair.pk}:{seat}", seat, subject, listed([line]), _url(line), by)


def _standing(rows: Sequence[Row], at: datetime) -> Iterator[Row]:
    """The rows that are still news: not long ago, and not taken back at once."""
    oldest = to_ms(at - FORGOTTEN)
    back = {row.step - 1 for row in rows if row.kind == TaskActTakenBack.KIND}
    return (row for row in rows if row.at >= oldest and row.step not in back)


def _has_digest(campaign: Campaign, at: datetime) -> bool:
    """True from eight in the morning, until two weeks after the campaign."""
    local = at.astimezone(CHINA)
    return local.hour >= DIGEST_HOUR and local.date() <= campaign.ends + AFTER_THE_WEEK


def _url(line: TaskLine) -> str:
    return reverse("supervision:task", args=[line.pair.pk])
