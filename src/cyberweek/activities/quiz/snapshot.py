"""What a published quiz is. A shape of its own: changing a draft's columns changes no release."""

from __future__ import annotations

from functools import cached_property

import msgspec

from cyberweek.component.snapshot import Snapshot


class Item(msgspec.Struct, frozen=True):
    """A question as it was published. `answer` holds positions in `options`; for truth, 0 is 对 and 1 is 错."""

    code: str
    topic: str
    kind: str
    difficulty: int
    stem: str
    options: tuple[str, ...]
    answer: tuple[int, ...]
    explanation: str
    basis: str


class Slot(msgspec.Struct, frozen=True):
    """A line of the blueprint: so many questions of a topic."""

    topic: str
    count: int


class TopicAdvice(msgspec.Struct, frozen=True):
    """What to learn next when a topic went wrong."""

    code: str
    name_zh: str
    name_en: str
    advice_zh: str
    advice_en: str


class QuizSnapshot(Snapshot, frozen=True, kw_only=True, dict=True, tag="quiz-1"):
    """A quiz: its bank, its blueprint and its bounds. `least_ms` is the least time between two answers."""

    items: tuple[Item, ...]
    blueprint: tuple[Slot, ...]
    topics: tuple[TopicAdvice, ...]
    pass_percent: int = 80
    grace_minutes: int = 30
    least_ms: int = 600

    @cached_property
    def pools(self) -> dict[str, list[Item]]:
        """The questions of each topic, in the order in which they were published."""
        pools: dict[str, list[Item]] = {}
        for item in self.items:
            pools.setdefault(item.topic, []).append(item)
        return pools

    @property
    def length(self) -> int:
        return sum(slot.count for slot in self.blueprint)
