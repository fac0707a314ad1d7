"""What a match records, one stream each. Names and versions never change once written.

Sides are 0 and 1, rounds count from 0. Who sat down is the row's actor; what the house did has the actor 0.
"""

from __future__ import annotations

from typing import ClassVar

from cyberweek.activities.duel.clash import Split
from cyberweek.ledger.fact import Fact


class MatchOpened(Fact, frozen=True):
    """Two sides were put together. `seed` decides questions, bulletins and orders, and is never sent to anybody.

    `way`: quick, friend, practice or tutorial; `calm` doubles every window.
    """

    KIND: ClassVar[str] = "duel.match-opened"

    seed: int
    rounds: int
    way: str
    calm: bool


class SeatTaken(Fact, frozen=True):
    """A participant sat down."""

    KIND: ClassVar[str] = "duel.seat-taken"

    side: int


class BotSeated(Fact, frozen=True):
    """A sparring bot sat down, labelled as what it is."""

    KIND: ClassVar[str] = "duel.bot-seated"

    side: int
    temper: str


class AnswerLocked(Fact, frozen=True):
    """A side answered a round's question with a position of the published options."""

    KIND: ClassVar[str] = "duel.answer-locked"

    side: int
    round: int
    item: str
    topic: str
    choice: int
    right: bool
    took_ms: int


class SplitLocked(Fact, frozen=True):
    """A side locked its split. The other side was told the digest of `salt` and split at once, and both at the reveal."""

    KIND: ClassVar[str] = "duel.split-locked"

    side: int
    round: int
    split: Split
    salt: str


class WindowClosed(Fact, frozen=True):
    """A window ended before both sides had acted; `splits` are what stands for those who did not, in the second phase."""

    KIND: ClassVar[str] = "duel.window-closed"

    round: int
    phase: str
    splits: tuple[Split | None, Split | None] = (None, None)


class MatchResumed(Fact, frozen=True):
    """The house took a match up again after a standstill: the window that was open opens anew, in full."""

    KIND: ClassVar[str] = "duel.match-resumed"

    round: int
    phase: str


class MatchEnded(Fact, frozen=True):
    """A match was decided. `winner` is a side, or -1 when it was tied; `digest` is of the record of its rounds."""

    KIND: ClassVar[str] = "duel.match-ended"

    winner: int
    shields: tuple[int, int]
    right: tuple[int, int]
    rounds: int
    digest: str


class MatchVoided(Fact, frozen=True):
    """A match that stood still for too long counts for nobody."""

    KIND: ClassVar[str] = "duel.match-voided"

    round: int


FACTS = (
    MatchOpened,
    SeatTaken,
    BotSeated,
    AnswerLocked,
    SplitLocked,
    WindowClosed,
    MatchResumed,
    MatchEnded,
    MatchVoided,
)
