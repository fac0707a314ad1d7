"""Draw a paper: a function of the release, the participant and the attempt, so that nothing needs to be stored."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from cyberweek.activities.quiz.snapshot import Item, QuizSnapshot, Slot
from cyberweek.kernel.dice import Dice

TOLERANCE = 2  # points of a hundred by which a paper may be easier or harder than the bank's average
TRIES = 8


class Placed(msgspec.Struct, frozen=True, gc=False):
    """A question on a paper: which item, and the order in which its options are shown."""

    item: Item
    order: tuple[int, ...]


class Spread(NamedTuple):
    """How alike drawn papers are: the expected score in points of a hundred, on average, and from lowest to highest."""

    mean: float
    deviation: float
    lowest: float
    highest: float


def draw(snapshot: QuizSnapshot, participant: int, stream: int, blueprint: Sequence[Slot] = ()) -> tuple[Placed, ...]:
    """Return a paper's questions in order, by the release's blueprint or another. A text to tap keeps its order, and so
    do 对 and 错.

    Papers are drawn anew until one is about as easy as the bank's average, so that luck decides little; the nearest of
    a few is taken when none is. Which question appears how often hardly changes by it.
    """
    dice = Dice("quiz-paper", snapshot.activity, participant, stream)
    slots = blueprint or snapshot.blueprint
    wanted = sum(slot.count * snapshot.mean_ease[slot.topic] for slot in slots)
    drawn: list[Item] = []
    off = 0.0
    for _ in range(TRIES):
        items = [item for slot in slots for item in dice.sample(snapshot.pools[slot.topic], slot.count)]
        misses = abs(sum(item.ease for item in items) - wanted)
        if not drawn or misses < off:
            drawn, off = items, misses
        if off <= TOLERANCE * len(items):
            break
    return tuple(Placed(item, _order(item, dice)) for item in dice.sample(drawn, len(drawn)))


def spread(snapshot: QuizSnapshot, papers: int) -> Spread:
    """What different participants may expect of so many drawn papers."""
    means = [_ease(draw(snapshot, number, number)) for number in range(1, papers + 1)]
    mean = sum(means) / papers
    deviation = (sum((each - mean) ** 2 for each in means) / papers) ** 0.5
    return Spread(mean, deviation, min(means), max(means))


def _ease(placed: Sequence[Placed]) -> float:
    return sum(each.item.ease for each in placed) / len(placed)


def _order(item: Item, dice: Dice) -> tuple[int, ...]:
    if item.kind == "truth":
        return (0, 1)
    places = range(len(item.options))
    if item.kind == "tap":
        return tuple(places)
    return tuple(dice.sample(places, len(places)))
