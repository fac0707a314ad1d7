"""Who may do what. Rights follow from the seats a person holds now; no seat, no right."""

from __future__ import annotations

from functools import wraps

import rules
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied

from cyberweek.people.models import Holding, Seat

ANSWERING = (Seat.Role.LIAISON, Seat.Role.LEAD)  # who answers for the tasks of the own unit


def seats_of(user) -> list[Seat]:
    """The seats a person holds now, read once per request."""
    if not user.is_authenticated:
        return []
    if not hasattr(user, "seats_held"):
        user.seats_held = list(
            Seat.objects.filter(holdings__in=Holding.objects.filter(staff=user, until=None))
            .select_related("unit")
            .order_by("id")
        )
    return user.seats_held


def seat_for(user, *roles: str) -> Seat:
    """The seat under which this person acts in one of the roles; raises PermissionDenied when there is none."""
    for seat in seats_of(user):
        if seat.role in roles:
            return seat
    raise PermissionDenied


def seat_acting_for(user, unit) -> Seat:
    """The seat under which this person acts on a unit's task: one that answers for the unit, else an organiser's."""
    own = [seat for seat in seats_of(user) if seat.unit_id == unit.pk and seat.role in ANSWERING]
    return own[0] if own else seat_for(user, Seat.Role.ORGANISER)


def units_of(user) -> set[int] | None:
    """The units whose tasks a person sees; None means all of them."""
    if user.has_perm("task.see-all"):
        return None
    return {seat.unit_id for seat in seats_of(user) if seat.role in ANSWERING}


def units_led_by(user) -> set[int] | None:
    """The units whose activities a person sees; None means all of them."""
    if user.has_perm("activity.edit"):
        return None
    return {seat.unit_id for seat in seats_of(user) if seat.role == Seat.Role.LEAD}


def units_kept_by(user) -> set[int] | None:
    """The units whose classes a person keeps; None means all of them."""
    if user.has_perm("activity.edit"):
        return None
    return {seat.unit_id for seat in seats_of(user) if seat.role == Seat.Role.LIAISON}


@rules.predicate
def is_organiser(user) -> bool:
    return any(seat.role == Seat.Role.ORGANISER for seat in seats_of(user))


@rules.predicate
def is_auditor(user) -> bool:
    return any(seat.role in (Seat.Role.AUDIT, Seat.Role.AUDITOR) for seat in seats_of(user))


@rules.predicate
def is_on_duty(user) -> bool:
    return any(seat.role == Seat.Role.DUTY for seat in seats_of(user))


@rules.predicate
def is_audit_admin(user) -> bool:
    return any(seat.role == Seat.Role.AUDIT for seat in seats_of(user))


@rules.predicate
def is_system_admin(user) -> bool:
    return any(seat.role == Seat.Role.SYSTEM for seat in seats_of(user))


@rules.predicate
def is_security_admin(user) -> bool:
    return any(seat.role == Seat.Role.SECURITY for seat in seats_of(user))


@rules.predicate
def holds_any_seat(user) -> bool:
    return bool(seats_of(user))


@rules.predicate
def is_liaison(user) -> bool:
    return any(seat.role == Seat.Role.LIAISON for seat in seats_of(user))


@rules.predicate
def is_lead(user) -> bool:
    return any(seat.role == Seat.Role.LEAD for seat in seats_of(user))


@rules.predicate
def is_of_unit(user, unit) -> bool:
    """True for whoever answers for the unit; a right without its object is no right."""
    return unit is not None and any(seat.unit_id == unit.pk and seat.role in ANSWERING for seat in seats_of(user))


rules.add_perm("console.enter", holds_any_seat)
rules.add_perm("plan.edit", is_organiser)
rules.add_perm("activity.see", is_organiser | is_lead)
rules.add_perm("activity.edit", is_organiser)
rules.add_perm("activity.publish", is_organiser)
rules.add_perm("class.keep", is_organiser | is_liaison)
rules.add_perm("bank.edit", is_organiser)
rules.add_perm("bank.review", is_organiser)
rules.add_perm("task.answer", is_organiser | is_of_unit)
rules.add_perm("task.decide", is_organiser)
rules.add_perm("task.see-all", is_organiser | is_auditor)
rules.add_perm("task.enter", is_organiser | is_auditor | is_liaison | is_lead)
rules.add_perm("plan.read", is_organiser | is_auditor)
rules.add_perm("report.sign", is_organiser)
rules.add_perm("audit.export", is_auditor)
rules.add_perm("audit.read", is_auditor | is_organiser)
rules.add_perm("wall.watch", is_organiser | is_auditor | is_on_duty)
rules.add_perm("wall.keep", is_organiser)
rules.add_perm("prize.run", is_organiser)
rules.add_perm("post.keep", is_organiser | is_system_admin)
rules.add_perm("duty.see", is_organiser | is_auditor | is_on_duty)
rules.add_perm("duty.act", is_organiser | is_on_duty)
rules.add_perm("staff.edit", is_system_admin)
rules.add_perm("recovery.decide", is_system_admin | is_security_admin | is_organiser)
rules.add_perm("sign-in.read", is_security_admin | is_audit_admin)
rules.add_perm("session.end", is_security_admin)
rules.add_perm("seat.read", is_system_admin | is_security_admin | is_auditor)


def right_required(permission: str):
    """Let a view run only for signed-in staff with the right; fails closed."""

    def decorate(view):
        @wraps(view)
        @login_required
        def guarded(request, *args, **kwargs):
            if not request.user.has_perm(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate
