"""What a page without a script does when the lane asks for work: it waits some seconds, and gives back the token of the wait."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.conf import settings

from cyberweek.kernel.clock import to_ms
from cyberweek.people.ticket import Forged, Signer


class Waiting(NamedTuple):
    """The token that the next beginning gives back, and how many seconds are left until it counts."""

    token: str
    seconds: int


def waiting(token: str, at: datetime) -> Waiting | None:
    """The wait of a token at a moment; None without one, and for one that was not signed here."""
    try:
        until = Signer(settings.TICKET_KEY).read_wait(token).until if token else None
    except Forged:
        return None
    return None if until is None else Waiting(token, max(0, -((to_ms(at) - until) // 1000)))
