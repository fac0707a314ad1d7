"""Official acts on releases. The seat that acted is in the row's actor; who held it then is Person."""

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
