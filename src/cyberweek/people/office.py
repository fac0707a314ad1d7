"""Who administers staff in a request: the person, and the seat under which they act. No right is checked here."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from cyberweek.ledger.door import writer
from cyberweek.people.acts import Acting
from cyberweek.people.models import Seat, Staff
from cyberweek.people.rights import seat_for


def acting(request: HttpRequest, *roles: str) -> Acting:
    """The person with the first seat in one of the roles, a system administrator's unless told otherwise."""
    seat = seat_for(request.user, *(roles or (Seat.Role.SYSTEM,)))
    return Acting(cast("Staff", request.user), seat, writer())
