"""Draw a paper: a function of the release, the participant and the attempt, so that nothing needs to be stored."""

from __future__ import annotations

import msgspec

from cyberweek.activities.quiz.snapshot import Item, QuizSnapshot
from cyberweek.kernel.dice import Dice


class Placed(msgspec.Struct, frozen=True, gc=False):
    """A question on a paper: which item, and the order in which its options are shown."""

    item: Item
    order: tuple[int, ...]


def draw(snapshot: QuizSnapshot, participant: int, stream: int) -> tuple[Placed, ...]:
    """Return the paper's questions in order. A text to tap keeps its order, and so do 对 and 错."""
    dice = Dice("quiz-paper", snapshot.activity, participant, stream)
    drawn = [item for slot in snapshot.blueprint for item in dice.sample(snapshot.pools[slot.topic], slot.count)]
    return tuple(Placed(item, _order(item, dice)) for item in dice.sample(drawn, len(drawn)))


def _order(item: Item, dice: Dice) -> tuple[int, ...]:
    if item.kind == "truth":
        return (0, 1)
    places = range(len(item.options))
    if item.kind == "tap":
        return tuple(places)
    return tuple(dice.sample(places, len(places)))
