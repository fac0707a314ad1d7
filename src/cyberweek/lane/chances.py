"""Who has been given a chance today, so that nobody is told of a second one. No figure is read from this memory.

A draw counts different participants of a day anyway; this only keeps the answer that a participant hears true.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

from cyberweek.component.facts import ChanceEarned
from cyberweek.component.metrics import CHANCE_HOLDERS
from cyberweek.lane.ownership import shard_of
from cyberweek.ledger.connect import AnyStore
from cyberweek.ledger.fact import Fact
from cyberweek.people.ticket import Attempt

DAYS = 2  # kept in memory: today, and yesterday for answers around midnight


class Chances:
    """Runs on the loop; `load` once at the start, after everything in the ledger has been counted."""

    def __init__(self) -> None:
        self._given: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)

    def load(self, store: AnyStore, activities: Collection[int], day: str, shard: int | None = None) -> None:
        """Remember who (of a shard) was given a chance on a day before this process decided for them."""
        for activity in activities:
            rows = store.execute(
                "SELECT actor FROM ledger_seen WHERE metric = ? AND activity = ? AND bucket = ?",
                (CHANCE_HOLDERS.name, activity, day),
            )
            self._given[day].update((activity, actor) for (actor,) in rows if shard in (None, shard_of(actor)))

    def once(self, facts: Sequence[Fact], attempt: Attempt) -> Sequence[Fact]:
        """Leave out a chance that the participant has already been given that day, and remember a new one."""
        if not any(isinstance(fact, ChanceEarned) for fact in facts):
            return facts
        return tuple(fact for fact in facts if not isinstance(fact, ChanceEarned) or self._is_new(fact, attempt))

    def forget(self, facts: Sequence[Fact], attempt: Attempt) -> None:
        """The facts could not be stored: the chance was not given after all."""
        for fact in facts:
            if isinstance(fact, ChanceEarned):
                self._given[fact.day].discard((attempt.activity, attempt.participant))

    def _is_new(self, fact: ChanceEarned, attempt: Attempt) -> bool:
        given, key = self._given[fact.day], (attempt.activity, attempt.participant)
        if key in given:
            return False
        given.add(key)
        while len(self._given) > DAYS:
            del self._given[min(self._given)]
        return True
