"""What a plan's text showed beyond the JSON keys, for the check and for the console. Not part of a plan's JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class SeenDate(NamedTuple):
    """A date as the text writes it."""

    text: str
    start: str | None
    end: str | None
    weekday: int | None
    possible: bool
    line: int


class SeenDay(NamedTuple):
    """A theme day mentioned with a date."""

    name: str
    date: str
    line: int


class Duty(NamedTuple):
    """A unit that the running text makes answerable for something."""

    unit: str
    text: str
    line: int


class Numbering(NamedTuple):
    """The numbers of neighbouring headings, in the order of the text."""

    under: str
    numbers: tuple[int, ...]
    line: int


class Body(NamedTuple):
    """An internal body (组委会, 领导小组 …) that the text lets act."""

    name: str
    line: int


class Mark(NamedTuple):
    """A piece of text at a line: a placeholder, a phone number."""

    text: str
    line: int


@dataclass
class Evidence:
    """Collected while reading; the check looks here before it says anything.

    `source` holds the text of line n at n - 1, empty where the line was noise; `lines` the lines of each JSON path.
    """

    lines: dict[str, list[int]] = field(default_factory=dict)
    source: list[str] = field(default_factory=list)
    dates: list[SeenDate] = field(default_factory=list)
    days: list[SeenDay] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    numbering: list[Numbering] = field(default_factory=list)
    undefined: list[Body] = field(default_factory=list)
    placeholders: list[Mark] = field(default_factory=list)
    personal: list[Mark] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    place: str = ""
