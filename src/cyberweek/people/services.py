"""Staff and the seats they hold. The only place that writes them; nobody signs up by themselves.

`by` is who does it, for the ledger; without it the installation does, from its command line.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import F

from cyberweek.people import acts, links
from cyberweek.people.acts import Acting
from cyberweek.people.facts import SeatEnded, SeatGiven, SeatHandedOver, StaffAdded, StaffClosed, StaffRekeyed
from cyberweek.people.models import Holding, OneTimeLink, Seat, SignIn, Staff
from cyberweek.units.models import Unit

_APART = (
    {Seat.Role.SYSTEM, Seat.Role.AUDIT},
    {Seat.Role.SYSTEM, Seat.Role.SECURITY},
    {Seat.Role.SECURITY, Seat.Role.AUDIT},
)


class NameTaken(Exception):
    """Raised when somebody already signs in under this name."""


class OwnSeat(Exception):
    """Raised when people would give a seat to themselves; somebody else has to."""


class KeptApart(Exception):
    """Raised when one person would hold two roles that check each other."""


class SeatTaken(Exception):
    """Raised when the person already holds the seat."""


class NotHeld(Exception):
    """Raised when a holding that shall end has ended already."""


class LastAdministrator(Exception):
    """Raised when nobody would be left who can administer staff."""


def add_staff(
    username: str, *, name: str, password: str | None, at: datetime | None = None, by: Acting | None = None
) -> Staff:
    """Let somebody sign in; without a password only by a link. Raises NameTaken, or ValidationError for a weak password."""
    if Staff.objects.filter(username=username).exists():
        raise NameTaken(username)
    staff = Staff(username=username, first_name=name)
    if password is not None:
        validate_password(password, staff)
    staff.set_password(password)
    with acts.recorded(by):
        staff.save()
        if at is not None:
            acts.put(StaffAdded(1), by, at)
    return staff


def set_password(staff: Staff, password: str, *, at: datetime, by: Acting | None = None) -> None:
    """Give somebody a new password; every session of theirs ends. Raises ValidationError for a weak one."""
    validate_password(password, staff)
    staff.set_password(password)
    with acts.recorded(by):
        staff.save(update_fields=["password"])
        acts.put(StaffRekeyed(_first_seat(staff)), by, at)


def enter(link: OneTimeLink, password: str, *, at: datetime) -> Staff:
    """Let whoever has the link choose a password and sign in by it. Raises UsedLink, or ValidationError for a weak one."""
    validate_password(password, link.staff)
    with transaction.atomic():
        staff = links.use(link, at=at)
        staff.set_password(password)
        staff.save(update_fields=["password"])
    return staff


def give_seat(staff: Staff, *, unit: Unit, role: str, at: datetime, by: Acting | None = None) -> Holding:
    """Let somebody hold a seat of the unit from now on: the first free number, else a new one."""
    _require_somebody_else(staff, by)
    with acts.recorded(by):
        _require_fitting(staff, unit, role)
        seat = _free_seat(unit, role)
        acts.put(SeatGiven(seat.pk, unit.code, role), by, at)
        return Holding.objects.create(seat=seat, staff=staff, since=at)


def end_seat(holding: Holding, *, at: datetime, by: Acting | None = None) -> None:
    """Let a holding end now. Raises LastAdministrator for the last one who can administer staff, or NotHeld."""
    with acts.recorded(by):
        if holding.seat.role == Seat.Role.SYSTEM:
            _require_another_administrator(holding.staff)
        _end(holding, at)
        acts.put(SeatEnded(holding.seat_id), by, at)


def hand_over(holding: Holding, to: Staff, *, at: datetime, by: Acting | None = None) -> Holding:
    """Let somebody else hold the seat from now on: its work stays with it, and who held it is out at once.

    Raises OwnSeat, SeatTaken, KeptApart, NotHeld, or LastAdministrator when the new one could not sign in yet.
    """
    _require_somebody_else(to, by)
    seat = holding.seat
    with acts.recorded(by):
        _require_fitting(to, seat.unit, seat.role)
        if seat.role == Seat.Role.SYSTEM and not to.has_usable_password():
            _require_another_administrator(holding.staff)
        _end(holding, at)
        end_sessions(holding.staff, at=at)
        acts.put(SeatHandedOver(seat.pk), by, at)
        return Holding.objects.create(seat=seat, staff=to, since=at)


def end_sessions(staff: Staff, *, at: datetime) -> None:
    """End every session of somebody, wherever it runs; they may sign in again."""
    Staff.objects.filter(pk=staff.pk).update(session_round=F("session_round") + 1)
    open_now = SignIn.objects.filter(staff=staff, outcome=SignIn.Outcome.IN, ended_at=None)
    open_now.update(ended_at=at, ended_by=SignIn.End.ENDED)


def close_account(staff: Staff, *, at: datetime, by: Acting | None = None) -> None:
    """Let somebody sign in no more and end all their seats. Raises LastAdministrator."""
    with acts.recorded(by):
        held = Holding.objects.filter(staff=staff, until=None)
        if held.filter(seat__role=Seat.Role.SYSTEM).exists():
            _require_another_administrator(staff)
        ended = held.update(until=at)
        staff.is_active = False
        staff.save(update_fields=["is_active"])
        acts.put(StaffClosed(ended), by, at)


def _end(holding: Holding, at: datetime) -> None:
    if not Holding.objects.filter(pk=holding.pk, until=None).update(until=at):
        raise NotHeld
    holding.until = at


def _require_somebody_else(staff: Staff, by: Acting | None) -> None:
    if by is not None and by.staff.pk == staff.pk:
        raise OwnSeat


def _require_fitting(staff: Staff, unit: Unit, role: str) -> None:
    Staff.objects.select_for_update().get(pk=staff.pk)  # two who give the same person a seat come one after the other
    held = Holding.objects.filter(staff=staff, until=None).select_related("seat")
    if any(each.seat.unit_id == unit.pk and each.seat.role == role for each in held):
        raise SeatTaken
    if any({role, each.seat.role} in _APART for each in held):
        raise KeptApart(role)


def _free_seat(unit: Unit, role: str) -> Seat:
    seats = Seat.objects.filter(unit=unit, role=role)
    free = seats.exclude(holdings__in=Holding.objects.filter(until=None)).order_by("number").first()
    return free or Seat.objects.create(unit=unit, role=role, number=seats.count() + 1)


def _first_seat(staff: Staff) -> int:
    return Holding.objects.filter(staff=staff, until=None).values_list("seat_id", flat=True).first() or 0


def _require_another_administrator(staff: Staff) -> None:
    held = Holding.objects.select_for_update(of=("self",)).filter(until=None, seat__role=Seat.Role.SYSTEM)
    if all(each.staff_id == staff.pk for each in held.filter(staff__is_active=True)):
        raise LastAdministrator
