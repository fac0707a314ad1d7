"""What a published duel is: the questions that may come, and the topics they belong to."""

from __future__ import annotations

import msgspec

from cyberweek.component.snapshot import Snapshot


class Item(msgspec.Struct, frozen=True):
    """A question with exactly one right option. For truth, 0 is 对 and 1 is 错; a text to tap keeps its order.

    `ease` is how many of a hundred answers are expected to be right.
    """

    code: str
    topic: str
    kind: str
    stem: str
    options: tuple[str, ...]
    answer: int
    explanation: str
    basis: str
    ease: int = 70

    @property
    def choices(self) -> int:
        return len(self.options) or 2


class DuelSnapshot(Snapshot, frozen=True, kw_only=True, tag="duel-1"):
    """A duel: its questions. `least_ms` is the least time in which a person answers."""

    items: tuple[Item, ...]
    least_ms: int = 600
