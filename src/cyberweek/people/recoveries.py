"""The way back after a lost second factor: asked after the password, approved by two people, opened by a link. The only writer.

Nobody gets in alone: whoever asks knows the password, neither of the two who approve does, and the link without the
password opens nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from allauth.mfa.models import Authenticator

from cyberweek.ledger.journal import Writer
from cyberweek.people import acts, links, services
from cyberweek.people.acts import Acting
from cyberweek.people.facts import RecoveryApproved, RecoveryAsked, RecoveryRefused, RecoveryUsed
from cyberweek.people.models import OneTimeLink, Recovery, Seat, Staff
from cyberweek.people.queries import RECOVERY_GOOD_FOR
from cyberweek.people.vault import Vault

APPROVERS = 2


class NoSeat(Exception):
    """Raised when somebody who holds no seat asks: there is nothing to come back to."""


class NotOpen(Exception):
    """Raised when a request was decided already, or nobody decided it in time."""


class OwnRequest(Exception):
    """Raised when people would let themselves back in."""


class SecondTime(Exception):
    """Raised when somebody approves twice: two different people have to."""


def ask(staff: Staff, *, writer: Writer, at: datetime) -> Recovery:
    """Ask for a way back; a request that is still open stands. Raises NoSeat."""
    seat = Seat.objects.filter(holdings__staff=staff, holdings__until=None).order_by("pk").first()
    if seat is None:
        raise NoSeat
    by = Acting(staff, seat, writer)
    with acts.recorded(by):
        asked = Recovery.objects.select_for_update().filter(staff=staff, outcome=Recovery.Outcome.OPEN)
        open_still = asked.filter(asked_at__gt=at - RECOVERY_GOOD_FOR).first()
        if open_still is not None:
            return open_still
        made = Recovery.objects.create(staff=staff, seat=seat, asked_at=at)
        acts.put(RecoveryAsked(made.pk), by, at)
    return made


def approve(recovery: Recovery, *, vault: Vault, token: Callable[[], str], at: datetime, by: Acting) -> str:
    """Agree that somebody comes back; the second to agree is given the link's token, the first an empty text.

    Raises NotOpen, OwnRequest or SecondTime.
    """
    with acts.recorded(by):
        locked = _locked(recovery, at, by)
        if locked.approvals.filter(staff=by.staff).exists():
            raise SecondTime
        locked.approvals.create(staff=by.staff, seat=by.seat, at=at)
        acts.put(RecoveryApproved(locked.pk), by, at)
        if locked.approvals.count() < APPROVERS:
            return ""
        _close(locked, Recovery.Outcome.GRANTED)
        return links.give(locked.staff, links.RECOVER, vault=vault, at=at, token=token)


def refuse(recovery: Recovery, *, at: datetime, by: Acting) -> None:
    """Let nobody back in by this request. Raises NotOpen or OwnRequest."""
    with acts.recorded(by):
        locked = _locked(recovery, at, by)
        acts.put(RecoveryRefused(locked.pk), by, at)
        _close(locked, Recovery.Outcome.REFUSED)


def come_back(link: OneTimeLink, *, writer: Writer, at: datetime) -> Staff:
    """Forget the lost second factor of whoever has the link and has just proved the password. Raises UsedLink."""
    granted = Recovery.objects.filter(staff=link.staff, outcome=Recovery.Outcome.GRANTED).select_related("seat").first()
    by = Acting(link.staff, granted.seat, writer) if granted else None
    with acts.recorded(by):
        staff = links.use(link, at=at)
        Authenticator.objects.filter(user=staff).delete()
        services.end_sessions(staff, at=at)
        if granted:
            _close(granted, Recovery.Outcome.USED)
            acts.put(RecoveryUsed(granted.pk), by, at)
    staff.refresh_from_db()
    return staff


def _locked(recovery: Recovery, at: datetime, by: Acting) -> Recovery:
    locked = Recovery.objects.select_for_update(of=("self",)).select_related("staff").get(pk=recovery.pk)
    if locked.staff_id == by.staff.pk:
        raise OwnRequest
    if locked.outcome != Recovery.Outcome.OPEN or locked.asked_at <= at - RECOVERY_GOOD_FOR:
        raise NotOpen
    return locked


def _close(recovery: Recovery, outcome: str) -> None:
    recovery.outcome = outcome
    recovery.save(update_fields=["outcome"])
