"""Official acts about seats and signing in. They name seats; who holds a seat is known to Holding alone."""

from __future__ import annotations

from typing import ClassVar

from cyberweek.ledger.fact import Fact


class SeatGiven(Fact, frozen=True):
    """Somebody holds the seat from now on."""

    KIND: ClassVar[str] = "seat.given"

    seat: int
    unit: str
    role: str


class SeatEnded(Fact, frozen=True):
    """Nobody holds the seat any more."""

    KIND: ClassVar[str] = "seat.ended"

    seat: int


class SeatHandedOver(Fact, frozen=True):
    """Somebody else holds the seat from now on, with all its work."""

    KIND: ClassVar[str] = "seat.handed-over"

    seat: int


class StaffAdded(Fact, frozen=True):
    """So many people may sign in who could not before."""

    KIND: ClassVar[str] = "staff.added"

    count: int


class StaffClosed(Fact, frozen=True):
    """Somebody signs in no more; so many seats of theirs ended with it."""

    KIND: ClassVar[str] = "staff.closed"

    seats: int


class StaffLinked(Fact, frozen=True):
    """So many people were given a link for their first sign-in."""

    KIND: ClassVar[str] = "staff.linked"

    count: int


class StaffRekeyed(Fact, frozen=True):
    """Somebody was given another password; `seat` is the first that they hold, or 0."""

    KIND: ClassVar[str] = "staff.rekeyed"

    seat: int


class SessionsEnded(Fact, frozen=True):
    """Whoever holds the seat was signed out everywhere."""

    KIND: ClassVar[str] = "sessions.ended"

    seat: int


class RecoveryAsked(Fact, frozen=True):
    """Whoever holds the seat that acted lost the second factor and asks for a way back."""

    KIND: ClassVar[str] = "recovery.asked"

    recovery: int


class RecoveryApproved(Fact, frozen=True):
    """One of the two who have to agree did so."""

    KIND: ClassVar[str] = "recovery.approved"

    recovery: int


class RecoveryRefused(Fact, frozen=True):
    """Nobody is let back in by this request any more."""

    KIND: ClassVar[str] = "recovery.refused"

    recovery: int


class RecoveryUsed(Fact, frozen=True):
    """The lost second factor is forgotten, and every session of its owner has ended."""

    KIND: ClassVar[str] = "recovery.used"

    recovery: int


FACTS = (
    SeatGiven,
    SeatEnded,
    SeatHandedOver,
    StaffAdded,
    StaffClosed,
    StaffLinked,
    StaffRekeyed,
    SessionsEnded,
    RecoveryAsked,
    RecoveryApproved,
    RecoveryRefused,
    RecoveryUsed,
)
