"""Where the time comes from. Pure code takes a moment as an argument; only the edges hold a clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
Ahead = Callable[[], timedelta]
CHINA = ZoneInfo("Asia/Shanghai")

_moved: list[Ahead] = []


def system_clock() -> datetime:
    """Return the present moment in UTC; in a rehearsed house, the moment that is rehearsed."""
    now = datetime.now(UTC)
    return now + _moved[0]() if _moved else now


def this_day() -> date:
    """The calendar day that it is in China."""
    return system_clock().astimezone(CHINA).date()


def move_system_clock(ahead: Ahead) -> None:
    """Let this process's clock be ahead of time from now on. Only a rehearsal does this."""
    _moved[:] = [ahead]


class FakeClock:
    """A clock that stands still until it is moved; for tests."""

    def __init__(self, start: datetime) -> None:
        self.at = start

    def __call__(self) -> datetime:
        return self.at

    def advance(self, by: timedelta) -> None:
        self.at += by


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970-01-01 UTC, the ledger's unit of time."""
    return int(moment.timestamp() * 1000)


def from_ms(ms: int) -> datetime:
    return datetime.fromtimestamp(ms / 1000, UTC)


def day_of(ms: int) -> date:
    """The calendar day in China on which a moment falls."""
    return datetime.fromtimestamp(ms / 1000, CHINA).date()
