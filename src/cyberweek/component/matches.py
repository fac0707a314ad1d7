"""The contract of matches: two sides that decide against each other, and a clock that nobody can hold up.

Like `rules`, pure functions from what is known and asked to what happened; what is new is that time itself acts, that
each side is told only what it may know, and that a side may be played by the house.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import msgspec

from cyberweek.component.rules import Refused
from cyberweek.kernel.dice import Dice
from cyberweek.ledger.fact import Fact

SIDES = (0, 1)


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How somebody wants to play. A `code` names the friend's table; `calm` doubles every window."""

    way: str = "quick"
    calm: bool = False
    code: str = ""


class Told(NamedTuple):
    """What a side is told, and the moment (ms) before which it must not leave the house."""

    since: int
    what: msgspec.Struct


class Intent(NamedTuple):
    """What the house will do for a side that it plays, and when (ms)."""

    at: int
    command: msgspec.Struct


@dataclass(frozen=True, slots=True)
class MatchRules:
    """An activity's matches as the lane plays them.

    command    the msgspec type (or tagged union) of what a side may ask
    ways       ways to play that wait for another person
    solo       ways to play that are against the house at once
    tempers    how the house may play
    begin      (wish, seed) -> the fact that opens a match; a seed decides chances, and is never told
    sit        (side, temper) -> the fact that seats a participant (temper '') or the house
    start      (snapshot, stream) -> state before anything happened
    decide     (snapshot, state, side, command, at, dice) -> facts | Refused
    due        (state) -> moment (ms) at which `close` acts if nobody does, or None
    close      (snapshot, state, at, dice) -> facts by which an open window ends
    resume     (snapshot, state, at) -> facts by which a match goes on that nobody has held in memory
    evolve     (snapshot, state, fact, at) -> state
    is_over    (state) -> whether nothing can happen any more
    told       (snapshot, before, fact, after, side) -> what the side is told of it
    intend     (snapshot, state, side, dice) -> what the house does next for a side
    """

    command: Any
    ways: tuple[str, ...]
    solo: tuple[str, ...]
    tempers: tuple[str, ...]
    begin: Callable[[Wish, int], Fact]
    sit: Callable[[int, str], Fact]
    start: Callable[[Any, int], Any]
    decide: Callable[[Any, Any, int, Any, int, Dice], Sequence[Fact] | Refused]
    due: Callable[[Any], int | None]
    close: Callable[[Any, Any, int, Dice], Sequence[Fact]]
    resume: Callable[[Any, Any, int], Sequence[Fact]]
    evolve: Callable[[Any, Any, Fact, int], Any]
    is_over: Callable[[Any], bool]
    told: Callable[[Any, Any, Fact, Any, int], Sequence[Told]]
    intend: Callable[[Any, Any, int, Dice], Sequence[Intent]]


def replay_match(
    rules: MatchRules, snapshot: Any, stream: int, facts: Sequence[tuple[Fact, int]]
) -> tuple[Any, tuple[list[Told], list[Told]]]:
    """Fold (fact, at) pairs into the state they lead to, and all that each side was told on the way."""
    state = rules.start(snapshot, stream)
    told: tuple[list[Told], list[Told]] = ([], [])
    for fact, at in facts:
        before, state = state, rules.evolve(snapshot, state, fact, at)
        for side in SIDES:
            told[side].extend(rules.told(snapshot, before, fact, state, side))
    return state, told
