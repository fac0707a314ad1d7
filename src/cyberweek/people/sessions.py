"""Who signed in from where, and until when: at most half an hour idle, at most ten hours in all. The only writer of sign-ins.

A name that nobody has is not kept when it is tried: people type passwords into the wrong field.
"""

from __future__ import annotations

from collections.abc import Collection, MutableMapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session

from cyberweek.kernel.clock import CHINA
from cyberweek.kernel.regulations import pack_on
from cyberweek.people import acts, services
from cyberweek.people.acts import Acting
from cyberweek.people.facts import SessionsEnded
from cyberweek.people.models import Seat, SignIn, Staff

BEGAN, SEEN = "began", "seen"
NOTED_EVERY = timedelta(minutes=1)  # a page more costs no write
LONGEST_MONTH = timedelta(days=31)


def note_in(staff: Staff, *, session: str, address: str, device: str, at: datetime) -> SignIn:
    """Remember that somebody signed in, and forget what is older than the law asks for."""
    _forget(at)
    return SignIn.objects.create(
        staff=staff, outcome=SignIn.Outcome.IN, session=session, address=address, device=device[:200], at=at
    )


def note_wrong(username: str, *, outcome: str, address: str, device: str, at: datetime) -> SignIn:
    """Remember that somebody tried a password or a code that was wrong."""
    staff = Staff.objects.filter(username=username).first()
    return SignIn.objects.create(staff=staff, outcome=outcome, address=address, device=device[:200], at=at)


def note_end(session: str, how: str, *, at: datetime) -> None:
    """Remember how a session ended; whichever end came first stands."""
    SignIn.objects.filter(session=session, ended_at=None).update(ended_at=at, ended_by=how)


def limit(session: MutableMapping[str, Any], *, at: datetime) -> str:
    """How a session has to end now, or an empty text; notes that it was used."""
    now = at.timestamp()
    began, seen = session.setdefault(BEGAN, now), session.get(SEEN, now)
    if now - seen > timedelta(minutes=settings.IDLE_MINUTES).total_seconds():
        return SignIn.End.IDLE
    if now - began > timedelta(hours=settings.SESSION_HOURS).total_seconds():
        return SignIn.End.LONG
    if SEEN not in session or now - seen > NOTED_EVERY.total_seconds():
        session[SEEN] = now
    return ""


def end(staff: Staff, *, sign_in: int, at: datetime) -> bool:
    """End one session of somebody's own; says whether there was one."""
    found = SignIn.objects.filter(staff=staff, pk=sign_in, ended_at=None).values_list("session", flat=True).first()
    if not found:
        return False
    _end_all({found}, at)
    return True


def end_others(staff: Staff, *, but: str, at: datetime) -> int:
    """End every session of somebody's own but one; returns how many."""
    others = SignIn.objects.filter(staff=staff, outcome=SignIn.Outcome.IN, ended_at=None).exclude(session=but)
    found = set(others.values_list("session", flat=True))
    _end_all(found, at)
    return len(found)


def sign_out(staff: Staff, seat: Seat, *, at: datetime, by: Acting) -> None:
    """End every session of whoever holds a seat, on the word of a security administrator."""
    with acts.recorded(by):
        services.end_sessions(staff, at=at)
        acts.put(SessionsEnded(seat.pk), by, at)


def _end_all(sessions: Collection[str], at: datetime) -> None:
    Session.objects.filter(session_key__in=sessions).delete()
    SignIn.objects.filter(session__in=sessions, ended_at=None).update(ended_at=at, ended_by=SignIn.End.ENDED)


def _forget(at: datetime) -> None:
    months = pack_on(at.astimezone(CHINA).date()).figure("record-retention-logs").value
    SignIn.objects.filter(at__lt=at - months * LONGEST_MONTH).delete()
