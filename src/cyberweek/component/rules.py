"""The rules contract: pure functions from what is known and asked to what happened, or why not.

`decide` may look at nothing but its arguments; `evolve` must accept every fact that `decide` ever returned.
The answer a participant gets is told from facts alone, so that a retry hears the first answer again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from cyberweek.component.snapshot import Snapshot
from cyberweek.ledger.fact import Fact
from cyberweek.people.ticket import Attempt


class Refused(msgspec.Struct, frozen=True):
    """Nothing happened, and why: `closed`, `not-open`, `too-fast`, `already-answered`, …"""

    reason: str


class BadForm(Exception):
    """Raised by `read_form` when the fields of a plain form make no command."""


@dataclass(frozen=True, slots=True)
class Rules:
    """An activity's rules as the lane calls them.

    command    the msgspec type (or tagged union) of what a participant may ask
    start      (snapshot, attempt) -> state before anything happened
    decide     (snapshot, state, command, at in ms) -> facts | Refused
    evolve     (snapshot, state, fact, at in ms) -> state
    open       (snapshot, state) -> struct shown when an attempt begins or is taken up again
    tell       (snapshot, state after, facts of one command) -> struct that answers the command
    read_form  fields of a plain HTML form -> command; raises BadForm
    may_begin  (snapshot, mode, group) -> whether somebody may take part in this way; group is 0 without an admission
    """

    command: type[Any]
    start: Callable[[Any, Attempt], Any]
    decide: Callable[[Any, Any, Any, int], Sequence[Fact] | Refused]
    evolve: Callable[[Any, Any, Fact, int], Any]
    open: Callable[[Any, Any], msgspec.Struct]
    tell: Callable[[Any, Any, Sequence[Fact]], msgspec.Struct]
    read_form: Callable[[Mapping[str, Sequence[str]]], Any]
    may_begin: Callable[[Any, int, int], bool] = lambda _snapshot, mode, group: not (mode or group)


def refuse_by_window(snapshot: Snapshot, at: int, grace_ms: int = 0) -> Refused | None:
    """Refuse what comes before opening or after closing (plus a grace for attempts that began in time)."""
    if at < snapshot.window.opens_ms:
        return Refused("not-open")
    if at >= snapshot.window.closes_ms + grace_ms:
        return Refused("closed")
    return None


def replay(rules: Rules, snapshot: Snapshot, attempt: Attempt, facts: Sequence[tuple[Fact, int]]) -> Any:
    """Fold (fact, at) pairs into the state they lead to."""
    state = rules.start(snapshot, attempt)
    for fact, at in facts:
        state = rules.evolve(snapshot, state, fact, at)
    return state
