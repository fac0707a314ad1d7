"""Seat everybody on a list at once, and give them links for their first sign-in. The only writer of rosters."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from cyberweek.kernel.clock import CHINA
from cyberweek.people import acts, links, services
from cyberweek.people.acts import Acting
from cyberweek.people.facts import StaffAdded, StaffLinked
from cyberweek.people.models import Holding, Roster, Staff
from cyberweek.people.roster import NEW, SEAT, Line, judge
from cyberweek.people.services import OwnSeat, add_staff, give_seat
from cyberweek.people.vault import Vault

KEPT_FOR = timedelta(days=1)


class NothingToDo(Exception):
    """Raised when no line of the list would change anything."""


class Closed(Exception):
    """Raised when a seat would go to somebody whose account is closed."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Somebody and the link by which they come in; the only moment in which the link is known."""

    staff: Staff
    token: str


def receive(lines: Sequence[Line], *, at: datetime) -> Roster:
    """Keep a list until it is confirmed; lists that nobody confirmed within a day are forgotten."""
    Roster.objects.filter(uploaded_at__lt=at - KEPT_FOR).delete()
    return Roster.objects.create(lines=msgspec.to_builtins(lines), uploaded_at=at)


def lines_of(roster: Roster) -> list[Line]:
    return msgspec.convert(roster.lines, list[Line])


def confirm(roster: Roster, *, at: datetime, by: Acting) -> tuple[int, int]:
    """Add the people and give the seats of every line that is in order, then forget the list.

    Returns how many people and how many seats. Raises NothingToDo, or OwnSeat for a list that seats whoever confirms it.
    """
    with acts.recorded(by):
        locked = Roster.objects.select_for_update().get(pk=roster.pk)
        wanted = [each for each in judge(lines_of(locked), at.astimezone(CHINA).date()) if each.state in (NEW, SEAT)]
        if not wanted:
            raise NothingToDo
        if any(each.line.username == by.staff.username for each in wanted):
            raise OwnSeat
        new = [each.line for each in wanted if each.state == NEW]
        for line in new:
            add_staff(line.username, name=line.name, password=None)
        if new:
            acts.put(StaffAdded(len(new)), by, at)
        people = {each.username: each for each in Staff.objects.filter(username__in=[w.line.username for w in wanted])}
        for each in wanted:
            if each.unit is not None:
                give_seat(people[each.line.username], unit=each.unit, role=each.role, at=at, by=by)
        locked.delete()
    return len(new), len(wanted)


def discard(roster: Roster) -> None:
    """Forget a list that shall not be used."""
    roster.delete()


def hand_over(holding: Holding, username: str, name: str, *, at: datetime, by: Acting) -> Holding:
    """Hand a seat over to whoever has this user name, who is added when nobody has. Raises Closed, or what services raise."""
    with acts.recorded(by):
        to = Staff.objects.filter(username=username).first()
        if to is None:
            to = add_staff(username, name=name, password=None, at=at, by=by)
        if not to.is_active:
            raise Closed(username)
        return services.hand_over(holding, to, at=at, by=by)


def invite(
    staff: Collection[Staff], *, vault: Vault, token: Callable[[], str], at: datetime, by: Acting
) -> list[Invitation]:
    """Give each of these people a link for the first sign-in; an earlier link of theirs is over."""
    with acts.recorded(by):
        made = [Invitation(each, links.give(each, links.ENTER, vault=vault, at=at, token=token)) for each in staff]
        if made:
            acts.put(StaffLinked(len(made)), by, at)
    return made
