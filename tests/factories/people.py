"""Staff with a second factor and a seat, and their browsers."""

from __future__ import annotations

from datetime import UTC, datetime

from allauth.mfa.totp.internal import auth as totp
from django.test import Client

from cyberweek.people.models import Holding, Seat, Staff
from cyberweek.people.services import give_seat
from cyberweek.units.models import Unit
from tests.factories.units import unit

SINCE = datetime(2026, 11, 1, tzinfo=UTC)


def staff(username: str, role: str = "", *, of: Unit | None = None) -> Staff:
    """Somebody who may sign in, with a seat of the unit when a role is named."""
    made = Staff.objects.create_user(username, password="cyberweek-test")
    totp.TOTP.activate(made, totp.generate_totp_secret())
    if role:
        give_seat(made, unit=of or unit("office"), role=Seat.Role(role), at=SINCE)
    return made


def seat(username: str, role: str, *, of: Unit | None = None) -> Seat:
    """A seat that somebody new holds."""
    return Holding.objects.get(staff=staff(username, role, of=of)).seat


def browser(of: Staff | None = None) -> Client:
    """A browser, in which somebody may be signed in."""
    client = Client(SERVER_NAME="localhost")
    if of is not None:
        client.force_login(of)
    return client
