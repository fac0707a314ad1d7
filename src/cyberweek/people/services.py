"""Staff and the seats they hold. The only place that writes them; nobody signs up by themselves."""

from __future__ import annotations

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from cyberweek.people.models import Holding, Seat, Staff
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


class LastAdministrator(Exception):
    """Raised when nobody would be left who can administer staff."""


def add_staff(username: str, *, name: str, password: str) -> Staff:
    """Let somebody sign in. Raises NameTaken, or ValidationError for a weak password."""
    if Staff.objects.filter(username=username).exists():
        raise NameTaken(username)
    staff = Staff(username=username, first_name=name)
    validate_password(password, staff)
    staff.set_password(password)
    staff.save()
    return staff


def set_password(staff: Staff, password: str) -> None:
    """Give somebody a new password; every session of theirs ends. Raises ValidationError for a weak one."""
    validate_password(password, staff)
    staff.set_password(password)
    staff.save(update_fields=["password"])


def give_seat(staff: Staff, *, unit: Unit, role: str, at: datetime, by: Staff | None = None) -> Holding:
    """Let somebody hold a seat of the unit from now on: the first free number, else a new one."""
    if by is not None and by.pk == staff.pk:
        raise OwnSeat
    with transaction.atomic():
        held = Holding.objects.filter(staff=staff, until=None).select_related("seat")
        if any(each.seat.unit_id == unit.pk and each.seat.role == role for each in held):
            raise SeatTaken
        if any({role, each.seat.role} in _APART for each in held):
            raise KeptApart(role)
        return Holding.objects.create(seat=_free_seat(unit, role), staff=staff, since=at)


def end_seat(holding: Holding, *, at: datetime) -> None:
    """Let a holding end now. Raises LastAdministrator for the last one who can administer staff."""
    with transaction.atomic():
        if holding.seat.role == Seat.Role.SYSTEM:
            _require_another_administrator(holding.staff)
        holding.until = at
        holding.save(update_fields=["until"])


def reset_second_factor(staff: Staff) -> None:
    """Forget somebody's second factors; they set up a new one at the next sign-in."""
    Authenticator.objects.filter(user=staff).delete()


def close_account(staff: Staff, *, at: datetime) -> None:
    """Let somebody sign in no more and end all their seats. Raises LastAdministrator."""
    with transaction.atomic():
        if Holding.objects.filter(staff=staff, until=None, seat__role=Seat.Role.SYSTEM).exists():
            _require_another_administrator(staff)
        Holding.objects.filter(staff=staff, until=None).update(until=at)
        staff.is_active = False
        staff.save(update_fields=["is_active"])


def _free_seat(unit: Unit, role: str) -> Seat:
    seats = Seat.objects.filter(unit=unit, role=role)
    free = seats.exclude(holdings__in=Holding.objects.filter(until=None)).order_by("number").first()
    return free or Seat.objects.create(unit=unit, role=role, number=seats.count() + 1)


def _require_another_administrator(staff: Staff) -> None:
    others = Holding.objects.filter(until=None, seat__role=Seat.Role.SYSTEM, staff__is_active=True)
    if not others.exclude(staff=staff).exists():
        raise LastAdministrator
