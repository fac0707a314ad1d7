"""Let a display show the command wall for weeks without a signed-in person, and take that back. The only writer of passes.

A pass opens the wall and nothing else. It lives in a cookie of that display; whoever finds the table cannot make one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from cyberweek.screen.models import WallPass

COOKIE = "cw_wall"
GOOD_FOR = timedelta(days=30)
TOKEN_BYTES = 32
SEEN_EVERY = timedelta(minutes=5)  # so that a wall which asks each minute does not write each minute


def give(name: str, *, seat: int, at: datetime, randomness: Callable[[int], bytes]) -> str:
    """A new pass for a display; returns the token that its cookie holds."""
    WallPass.objects.filter(until__lte=at).delete()
    token = randomness(TOKEN_BYTES).hex()
    WallPass.objects.create(mark=_mark(token), name=name, seat=seat, given_at=at, until=at + GOOD_FOR)
    return token


def opens(token: str, *, at: datetime) -> bool:
    """True while the token's pass is good; remembers, to five minutes, when its display last asked."""
    found = WallPass.objects.filter(mark=_mark(token), until__gt=at).first() if token else None
    if found is None:
        return False
    if found.seen_at is None or at - found.seen_at > SEEN_EVERY:
        WallPass.objects.filter(pk=found.pk).update(seen_at=at)
    return True


def take_back(pk: int) -> None:
    """End a pass; its display is refused from the next question on. Taking back twice changes nothing."""
    WallPass.objects.filter(pk=pk).delete()


def _mark(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
