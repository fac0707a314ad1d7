"""What a fact is and how rows are chained. Pure: no database, no clock."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import ClassVar, NamedTuple

import msgspec

GENESIS = b"\x00" * 32
_FIXED = struct.Struct(">qqiiqiqqqi")


class Fact(msgspec.Struct, frozen=True, gc=False):
    """Something that happened, in the past tense. Subclasses set KIND (`quiz.answer-given`) and VERSION.

    The name and the meaning of a version never change once written; a new shape is a new version.
    Facts hold plain values and can form no cycle, so the collector need not look at the many that a lane keeps.
    """

    KIND: ClassVar[str]
    VERSION: ClassVar[int] = 1


class Origin(IntEnum):
    """Who produced a fact: people, a simulation, or an import with its own provenance."""

    REAL = 0
    SIMULATED = 1
    IMPORTED = 2


class Row(NamedTuple):
    """One line of the ledger, in the order of its columns."""

    n: int
    stream: int
    step: int
    part: int
    at: int
    kind: str
    version: int
    activity: int
    release: int
    actor: int
    origin: int
    body: bytes
    digest: bytes


def link(previous: bytes, row: Row) -> bytes:
    """Return the SHA-256 that ties a row to the digest of the row before it."""
    fixed = _FIXED.pack(
        row.n, row.stream, row.step, row.part, row.at, row.version, row.activity, row.release, row.actor, row.origin
    )
    return hashlib.sha256(b"".join((previous, fixed, row.kind.encode(), b"\x00", row.body))).digest()


class UnknownFact(Exception):
    """Raised when the ledger holds a kind or version that no registered component declares."""


class FactTypes:
    """All kinds and versions that the running software can read, old versions included."""

    def __init__(self, types: Iterable[type[Fact]]) -> None:
        self._decoders: dict[tuple[str, int], msgspec.json.Decoder[Fact]] = {}
        for each in types:
            key = (each.KIND, each.VERSION)
            if key in self._decoders:
                raise ValueError(f"two fact types are called {key[0]} version {key[1]}")
            self._decoders[key] = msgspec.json.Decoder(each)

    def __iter__(self) -> Iterator[tuple[str, int]]:
        return iter(self._decoders)

    def read(self, row: Row) -> Fact:
        """Decode a row's body; raises UnknownFact for a kind that nobody declares."""
        try:
            decoder = self._decoders[row.kind, row.version]
        except KeyError:
            raise UnknownFact(f"{row.kind} version {row.version} in row {row.n}") from None
        return decoder.decode(row.body)
