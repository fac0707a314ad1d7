"""Facts that every kind of activity may record: official acts on releases, and chances that participants earned.

The seat that acted, or the participant's random key, is in the row's actor.
"""

from __future__ import annotations

from typing import ClassVar

from cyberweek.ledger.fact import Fact


class ReleasePublished(Fact, frozen=True):
    """A release became what people see, superseding the one before."""

    KIND: ClassVar[str] = "release.published"

    number: int
    digest: str


class ReleaseWithdrawn(Fact, frozen=True):
    """The activity was taken away everywhere."""

    KIND: ClassVar[str] = "release.withdrawn"

    number: int
    reason: str


class ChanceEarned(Fact, frozen=True):
    """A participant did what gives a chance in the activity's draw: once a day counts, by the China calendar."""

    KIND: ClassVar[str] = "chance.earned"

    day: str
