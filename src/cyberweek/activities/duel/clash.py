"""What two splits do to each other. Pure arithmetic; it knows no player, no question and no clock."""

from __future__ import annotations

import msgspec

from cyberweek.activities.duel.ring import SIZE, partial

SHIELD = 20
RESCUE_BEHIND = 6
RESCUE_HEALS = 5
RESCUE_CANCELS = 2
OPEN, HALF, STOPPED = 2, 1, 0  # damage of a point
MOST_POINTS = 2  # of attack in a round: with three, whoever throws everything at the other wins more than half


class Split(msgspec.Struct, frozen=True, gc=False):
    """How energy was spent: attack points of one kind, and defence cards, one point each. `rescue` costs nothing."""

    attack: int = 0
    points: int = 0
    cards: tuple[int, ...] = ()
    rescue: bool = False

    @property
    def cost(self) -> int:
        return self.points + len(self.cards)


class Hit(msgspec.Struct, frozen=True, gc=False):
    """What one side's attack did: points that arrived, damage dealt, and points that struck back."""

    threat: int
    points: int
    damage: int
    struck: int

    @property
    def is_stopped(self) -> bool:
        return self.struck > 0


class Clash(msgspec.Struct, frozen=True, gc=False):
    """A revealed round: what each side's attack did, and the shields after it."""

    hits: tuple[Hit, Hit]
    shields: tuple[int, int]


def is_possible(split: Split, energy: int) -> bool:
    """True for a split that the energy pays and the ring has."""
    return (
        0 <= split.attack < SIZE
        and 0 <= split.points <= MOST_POINTS
        and split.cost <= energy
        and len(set(split.cards)) == len(split.cards)
        and all(0 <= each < SIZE for each in split.cards)
    )


def fight(shields: tuple[int, int], splits: tuple[Split, Split], advised: int | None) -> Clash:
    """Let both splits meet. `advised` is the threat that a bulletin made stronger this round."""
    first, second = (_hit(splits[side], splits[1 - side], advised) for side in (0, 1))
    after = (_shield(shields[0], splits[0], second, first), _shield(shields[1], splits[1], first, second))
    return Clash((first, second), after)


def may_rescue(shields: tuple[int, int], side: int) -> bool:
    """True for a side that trails far enough to call for help."""
    return shields[1 - side] - shields[side] >= RESCUE_BEHIND


def _hit(attacker: Split, defender: Split, advised: int | None) -> Hit:
    points = max(0, attacker.points - (RESCUE_CANCELS if defender.rescue else 0))
    if attacker.attack in defender.cards:
        return Hit(attacker.attack, points, points * STOPPED, points)
    each = HALF if partial(attacker.attack) in defender.cards else OPEN
    return Hit(attacker.attack, points, points * (each + (attacker.attack == advised)), 0)


def _shield(shield: int, own: Split, taken: Hit, dealt: Hit) -> int:
    healed = min(SHIELD, shield + RESCUE_HEALS) if own.rescue else shield
    return max(0, healed - taken.damage - dealt.struck)
