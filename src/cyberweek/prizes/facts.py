"""What happens to a draw and its prizes. An official's seat is in the row's actor; of winners only the rank is known."""

from __future__ import annotations

from typing import ClassVar

from cyberweek.ledger.fact import Fact


class SheetFrozen(Fact, frozen=True):
    """The rules sheet was published under its digest; it cannot change any more."""

    KIND: ClassVar[str] = "draw.sheet-frozen"

    digest: str


class ListFrozen(Fact, frozen=True):
    """The list of chances was closed: its Merkle root, how many it holds, how many of them are excluded."""

    KIND: ClassVar[str] = "draw.list-frozen"

    root: str
    count: int
    excluded: int
    counted_to: int


class SourceRecorded(Fact, frozen=True):
    """An officer wrote down the value of a public source."""

    KIND: ClassVar[str] = "draw.source-recorded"

    name: str
    value: str


class SourceConfirmed(Fact, frozen=True):
    """A second officer wrote down the same value."""

    KIND: ClassVar[str] = "draw.source-confirmed"

    name: str
    value: str


class DrawHeld(Fact, frozen=True):
    """The draw was held, and its pack published under a digest."""

    KIND: ClassVar[str] = "draw.held"

    seed: str
    digest: str
    ranked: int


class DayKeyPublished(Fact, frozen=True):
    """The key of a past day's instant prizes was published; its commitment had been in the sheet."""

    KIND: ClassVar[str] = "draw.day-key-published"

    day: str
    key: str


class PrizeClaimed(Fact, frozen=True):
    """Somebody with a verified phone claimed for a rank (0 for an instant prize)."""

    KIND: ClassVar[str] = "prize.claimed"

    rank: int


class PrizeGranted(Fact, frozen=True):
    """A claim got a prize; `instead_of` is the rank that forfeited it, 0 when it is the rank's own."""

    KIND: ClassVar[str] = "prize.granted"

    rank: int
    prize: str
    instead_of: int


class PrizeForfeited(Fact, frozen=True):
    """Nobody claimed a rank's prize in time."""

    KIND: ClassVar[str] = "prize.forfeited"

    rank: int
    prize: str


class AddressesRead(Fact, frozen=True):
    """An officer took the addresses of goods that wait to be sent."""

    KIND: ClassVar[str] = "draw.addresses-read"

    count: int


class PersonsErased(Fact, frozen=True):
    """What was known of claimants was deleted; the certificate has this digest."""

    KIND: ClassVar[str] = "draw.persons-erased"

    claims: int
    digest: str


class ParticipantMarked(Fact, frozen=True):
    """A participant's papers showed a pattern; while the mark stands, their chances draw nothing."""

    KIND: ClassVar[str] = "draw.participant-marked"

    participant: int
    reason: str
    papers: int


class MarkDecided(Fact, frozen=True):
    """An officer looked at a mark, after an appeal or by themselves: it stands, or it is lifted."""

    KIND: ClassVar[str] = "draw.mark-decided"

    participant: int
    stands: bool


FACTS = (
    SheetFrozen, ListFrozen, SourceRecorded, SourceConfirmed, DrawHeld, DayKeyPublished,
    PrizeClaimed, PrizeGranted, PrizeForfeited, AddressesRead, PersonsErased,
    ParticipantMarked, MarkDecided,
)  # fmt: skip
