"""What a rehearsal is given: the week's days, where it is served, who signs in, what can be played."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cyberweek.component.ports import Player
from cyberweek.kernel.clock import CHINA


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs in; `code` gives the second factor's code of this moment."""

    username: str
    password: str
    code: Callable[[], str]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Playable:
    """An activity that residents can take part in: its two pages, and how."""

    path: str
    console: str
    player: Player


@dataclass(frozen=True, slots=True)
class Week:
    """The rehearsed week and everybody in it."""

    base: str
    starts: date
    ends: date
    deadline: date
    office: Person
    liaisons: Sequence[Person]
    playable: Sequence[Playable]
    residents: int

    def at(self, day: int, hour: int = 0, minute: int = 0) -> datetime:
        """A moment so many days after the first day began."""
        return moment(self.starts + timedelta(days=day), hour, minute)

    @property
    def days(self) -> int:
        return (self.ends - self.starts).days + 1


def moment(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), CHINA)
