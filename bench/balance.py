"""`make duel-sim`: how fair the duel is, with everything switched on: bulletins, calls for help and strike-back.

Expected margins are exact (every split against every split, as fractions); shares of matches won are simulated with the
rules' own arithmetic, for players who answer with some accuracy and split as the three tempers do.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import NamedTuple

from cyberweek.activities.duel.clash import MOST_POINTS, SHIELD, Split, fight, may_rescue
from cyberweek.activities.duel.match import BULLETINS, ENERGY
from cyberweek.activities.duel.ring import SIZE, is_spaced
from cyberweek.activities.duel.rules import ROUNDS
from cyberweek.activities.duel.temper import TEMPERS, spend
from cyberweek.kernel.dice import Dice

Spend = Callable[[int, int | None, Dice], Split]
MUCH, LITTLE = ENERGY[True], ENERGY[False]


class Share(NamedTuple):
    """Of a hundred matches: won, lost, tied by the first player, and ended before the last round."""

    won: float
    lost: float
    tied: float
    early: float


class Line(NamedTuple):
    words: str
    share: Share
    least: float
    most: float

    @property
    def holds(self) -> bool:
        return self.least <= self.share.won <= self.most


def margin(points: int, energy: int, other_points: int, other_energy: int, advised: int | None = None) -> Fraction:
    """What a side gains on the other, on average over all kinds of attack and all spaced cards."""
    found = [
        clash.shields[0] - clash.shields[1]
        for own in splits(points, energy)
        for theirs in splits(other_points, other_energy)
        for clash in (fight((SHIELD, SHIELD), (own, theirs), advised),)
    ]
    return Fraction(sum(found), len(found))


def splits(points: int, energy: int) -> Iterator[Split]:
    """Every split with so many attack points whose cards are spaced."""
    hands = [each for each in combinations(range(SIZE), energy - points) if is_spaced(each)]
    return (Split(attack, points, hand) for attack in range(SIZE) for hand in hands)


def widest(energy: int, advised: int | None = None) -> Fraction:
    """The most that any number of attack points gains on any other at equal energy."""
    ways = range(min(MOST_POINTS, energy) + 1)
    return max(margin(own, energy, theirs, energy, advised) for own in ways for theirs in ways)


def play(matches: int, accuracy: tuple[int, int], ways: tuple[Spend, Spend], seed: str) -> Share:
    """Simulate matches between players of some accuracy (of a hundred) who split in some way."""
    dice = Dice("balance", seed)
    found = [_match(accuracy, ways, dice) for _ in range(matches)]
    part = [100 * sum(winner == each for winner, _ in found) / matches for each in (0, 1, -1)]
    return Share(part[0], part[1], part[2], 100 * sum(rounds < ROUNDS for _, rounds in found) / matches)


def _match(accuracy: tuple[int, int], ways: tuple[Spend, Spend], dice: Dice) -> tuple[int, int]:
    """Who won, and in how many rounds."""
    shields, right, rescued = (SHIELD, SHIELD), [0, 0], [False, False]
    bulletins = dice.sample(range(SIZE), len(BULLETINS))
    for round_ in range(ROUNDS):
        advised = bulletins[BULLETINS.index(round_)] if round_ in BULLETINS else None
        hands = []
        for side in (0, 1):
            knew = dice.below(100) < accuracy[side]
            right[side] += knew
            split = ways[side](ENERGY[knew], advised, dice)
            if not rescued[side] and may_rescue(shields, side):
                rescued[side] = True
                split = Split(split.attack, split.points, split.cards, rescue=True)
            hands.append(split)
        shields = fight(shields, (hands[0], hands[1]), advised).shields
        if 0 in shields:
            break
    first, second = (shields[0], right[0]), (shields[1], right[1])
    return (-1 if first == second else int(first < second)), round_ + 1


def tempered(energy: int, advised: int | None, dice: Dice) -> Split:
    """As one of the tempers does, another each round."""
    return spend(tuple(TEMPERS)[dice.below(len(TEMPERS))], energy, advised, dice)


def clicking(energy: int, _advised: int | None, dice: Dice) -> Split:
    """Whatever a finger meets: any kind, any number, any cards."""
    points = dice.below(min(MOST_POINTS, energy) + 1)
    return Split(dice.below(SIZE), points, tuple(sorted(dice.sample(range(SIZE), energy - points))))


def only(points: int) -> Spend:
    """Always the same number of attack points."""

    def spend_them(energy: int, advised: int | None, dice: Dice) -> Split:
        split = tempered(energy, advised, dice)
        kept = min(points, energy)
        hands = [each for each in combinations(range(SIZE), energy - kept) if is_spaced(each)]
        return Split(split.attack, kept, hands[dice.below(len(hands))])

    return spend_them


def lines(matches: int) -> list[Line]:
    """What must hold, each with its bounds for the share that the first player wins."""
    usual, random = (tempered, tempered), (tempered, clicking)
    return [
        Line("equal players, 75 % against 75 %", play(matches, (75, 75), usual, "equal"), 43, 52),
        Line("85 % against 55 %", play(matches, (85, 55), usual, "wide"), 65, 73),
        Line("80 % against 70 %", play(matches, (80, 70), usual, "near"), 50, 60),
        Line("70 % against a random clicker", play(matches, (70, 32), random, "clicker"), 50, 83),
        *(
            Line(f"always {points} attack points, equal knowledge",
                 play(matches, (75, 75), (only(points), tempered), f"only {points}"), 24, 56)
            for points in range(MOST_POINTS + 1)
        ),
    ]  # fmt: skip


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="duel-sim", description=__doc__)
    parser.add_argument("--matches", type=int, default=20_000)
    given = parser.parse_args(arguments)
    print(f"expected margin at equal energy {MUCH}, the widest of all splits    {widest(MUCH)}")
    print(f"expected margin at equal energy {LITTLE}, the widest of all splits    {widest(LITTLE)}")
    print(f"the same at energy {MUCH} under a bulletin                          {widest(MUCH, 0)}")
    print(f"the same at energy {LITTLE} under a bulletin                          {widest(LITTLE, 0)}")
    found = lines(given.matches)
    for words, share, least, most in found:
        sign = "+" if least <= share.won <= most else "-"
        print(
            f"{sign} {words:44} {share.won:5.1f} : {share.lost:4.1f}, tied {share.tied:4.1f}, early {share.early:4.1f} %"
        )
    clicker = found[3].share
    print(
        f"{'+' if clicker.lost >= 100 / 6 else '-'} the clicker wins at least one in six                {clicker.lost:.1f} %"
    )
    return 0 if all(each.holds for each in found) and clicker.lost >= 100 / 6 else 1


if __name__ == "__main__":
    sys.exit(main())
