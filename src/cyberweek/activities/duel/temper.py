"""How the house spars: three tempers. It knows what a side knows and nothing more: no answer key, no other split.

Whether a bot is right, and how long it takes, comes from how easy the question is for people.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from cyberweek.activities.duel.clash import Split
from cyberweek.activities.duel.match import Match, Phase
from cyberweek.activities.duel.moves import Answer, Lock
from cyberweek.activities.duel.ring import SIZE
from cyberweek.activities.duel.snapshot import DuelSnapshot, Item
from cyberweek.component.matches import Intent
from cyberweek.kernel.dice import Dice

THINKS_MS = (2_200, 3_600)  # at least, and up to so much more
HARD_MS = 30  # more for each point of a hundred that a question is not easy
ARMS_MS = (1_400, 2_600)
LISTENS = 3  # one in so many heeds a bulletin, in attack and in defence


class Temper(NamedTuple):
    """How many attack points come of much and of little energy; each is as likely as it stands here."""

    much: tuple[int, ...]
    little: tuple[int, ...]


TEMPERS = {
    "cautious": Temper((0, 1, 1, 1, 2), (0, 1)),
    "balanced": Temper((0, 1, 1, 2, 2), (1,)),
    "bold": Temper((1, 2, 2, 2), (1,)),
}


def intend(snapshot: DuelSnapshot, match: Match, side: int, dice: Dice) -> Sequence[Intent]:
    """What the bot at a side does in the window that is open."""
    player = match.players[side]
    if match.phase == Phase.INTEL and player.choice is None:
        item, order = snapshot.items[match.drawn[match.round]], match.orders[match.round][side]
        at = match.opens_at + THINKS_MS[0] + dice.below(THINKS_MS[1]) + HARD_MS * (100 - item.ease)
        return (Intent(at, Answer(match.round, order.index(_choice(item, dice)))),)
    if match.phase == Phase.SPLIT and player.split is None:
        split = spend(player.temper, player.energy, match.advised, dice)
        at = match.opens_at + ARMS_MS[0] + dice.below(ARMS_MS[1])
        rescue = match.may_rescue(side)
        return (Intent(at, Lock(match.round, split.attack, split.points, split.cards, rescue)),)
    return ()


def spend(temper: str, energy: int, advised: int | None, dice: Dice) -> Split:
    """Split energy as a temper does, cards never side by side."""
    ways = TEMPERS[temper]
    points = _one(ways.much if energy > 1 else ways.little, dice)
    attack = advised if advised is not None and dice.below(LISTENS) == 0 else dice.below(SIZE)
    first = advised if advised is not None and dice.below(LISTENS) == 0 else dice.below(SIZE)
    return Split(attack, points, spaced(energy - points, first, dice))


def all_defence(energy: int, dice: Dice) -> Split:
    """What stands for somebody who is away: everything in defence, spaced."""
    return Split(cards=spaced(energy, dice.below(SIZE), dice))


def spaced(count: int, first: int, dice: Dice) -> tuple[int, ...]:
    """So many cards (at most three), the first among them, no two of them neighbours on the ring."""
    others = [(first + each) % SIZE for each in (2, 4)]
    if count == 2:  # noqa: PLR2004 -- opposite is as good as two steps away
        others = [(first + 2 + dice.below(3)) % SIZE]
    return tuple(sorted([first, *others][:count]))


def _choice(item: Item, dice: Dice) -> int:
    """A right position as often as people find it, else one of the others."""
    if dice.below(100) < item.ease:
        return item.answer
    return (item.answer + 1 + dice.below(item.choices - 1)) % item.choices


def _one(of: Sequence[int], dice: Dice) -> int:
    return of[dice.below(len(of))]
