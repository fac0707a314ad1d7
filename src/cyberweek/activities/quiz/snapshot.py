"""What a published quiz is. A shape of its own: changing a draft's columns changes no release."""

from __future__ import annotations

from functools import cached_property

import msgspec

from cyberweek.component.snapshot import Snapshot


class Item(msgspec.Struct, frozen=True):
    """A question as it was published. `answer` holds positions in `options`; for truth, 0 is 对 and 1 is 错.

    `ease` is how many of a hundred answers are expected to be right.
    """

    code: str
    topic: str
    kind: str
    difficulty: int
    stem: str
    options: tuple[str, ...]
    answer: tuple[int, ...]
    explanation: str
    basis: str
    ease: int = 70


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


class Area(msgspec.Struct, frozen=True):
    """A district or another unit for which somebody may play, under its names of the opening day."""

    code: str
    name_zh: str
    name_en: str


class QuizSnapshot(Snapshot, frozen=True, kw_only=True, dict=True, tag="quiz-1"):
    """A quiz: its bank, its blueprint and its bounds. `least_ms` is the least time for an answer, on average.

    A paper is meant for `paper_minutes`; one begun before closing may come in until the grace after that.
    With `gives_chances`, the first daily paper that a participant passes on a day earns a chance in the draw.
    Whoever wants may play for one of the `districts` and one of the `units`.
    """

    items: tuple[Item, ...]
    blueprint: tuple[Slot, ...]
    topics: tuple[TopicAdvice, ...]
    pass_percent: int = 80
    paper_minutes: int = 30
    grace_minutes: int = 30
    least_ms: int = 600
    gives_chances: bool = False
    districts: tuple[Area, ...] = ()
    units: tuple[Area, ...] = ()

    @cached_property
    def pools(self) -> dict[str, list[Item]]:
        """The questions of each topic, in the order in which they were published."""
        pools: dict[str, list[Item]] = {}
        for item in self.items:
            pools.setdefault(item.topic, []).append(item)
        return pools

    @cached_property
    def mean_ease(self) -> dict[str, float]:
        """How easy the questions of each topic are on average."""
        return {topic: sum(item.ease for item in items) / len(items) for topic, items in self.pools.items()}

    @cached_property
    def district_codes(self) -> frozenset[str]:
        return frozenset(each.code for each in self.districts)

    @cached_property
    def unit_codes(self) -> frozenset[str]:
        return frozenset(each.code for each in self.units)

    @property
    def length(self) -> int:
        return sum(slot.count for slot in self.blueprint)

    def of_topic(self, topic: str) -> tuple[Slot, ...]:
        """The blueprint of a paper about one topic: as long as any other, or all that there is."""
        return (Slot(topic, min(self.length, len(self.pools[topic]))),)
