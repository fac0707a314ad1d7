"""Fold facts into counts. A tally is disposable: counted on the way or from zero, it has the same value.

The position moves in the same transaction as the counts, so a crash between them cannot happen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, repeat
from typing import Any, NamedTuple, Protocol

from cyberweek.kernel.clock import day_of
from cyberweek.ledger.connect import AnyStore
from cyberweek.ledger.fact import FactTypes, Row

CHUNK = 5_000
RUN = 5_000  # rows that are gathered at once
_HOUR = 3_600_000
ALL = ""


class Measure(Protocol):
    """What the ledger needs to know of a metric; `component.metric.Metric` is one."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def distinct(self) -> bool: ...
    @property
    def daily(self) -> bool: ...
    @property
    def value(self) -> Callable[[Any], int] | None: ...
    @property
    def bucket(self) -> Callable[[Any], str] | None: ...


class Counts(NamedTuple):
    """What a run of rows adds: sums by (metric, activity, bucket) and the actors seen under each."""

    sums: dict[tuple[str, int, str], int]
    actors: dict[tuple[str, int, str], set[int]]


class Folder:
    """Counts rows for a set of measures; keeps no state between calls.

    Rows are gathered by kind, activity and hour first, so that a measure works on whole groups instead of rows.
    """

    def __init__(self, measures: Sequence[Measure], types: FactTypes) -> None:
        self._types = types
        self._by_kind: dict[str, list[Measure]] = defaultdict(list)
        for measure in measures:
            self._by_kind[measure.kind].append(measure)
        self._body_wanted = {m.kind for m in measures if m.value is not None or m.bucket is not None}

    def count(self, rows: Iterable[Row]) -> tuple[Counts, int]:
        """Return what the rows add, and the number of the last one (0 when there are none)."""
        counts = Counts(defaultdict(int), defaultdict(set))
        rows, last = iter(rows), 0
        while run := list(islice(rows, RUN)):
            last = run[-1].n
            for (kind, activity, hour), group in self._gather(run).items():
                day = day_of(hour * _HOUR).isoformat()
                facts = list(map(self._types.read, group)) if kind in self._body_wanted else []
                for measure in self._by_kind[kind]:
                    add = _add_actors if measure.distinct else _add_sums
                    add(counts, measure, activity, day, group, facts)
        return counts, last

    def _gather(self, rows: Sequence[Row]) -> dict[tuple[str, int, int], list[Row]]:
        """The rows that somebody measures, by kind, activity and hour."""
        groups: dict[tuple[str, int, int], list[Row]] = defaultdict(list)
        by_kind = self._by_kind
        for row in rows:
            kind = row.kind
            if kind in by_kind:
                groups[kind, row.activity, row.at // _HOUR].append(row)
        return groups


def _add_sums(
    counts: Counts, measure: Measure, activity: int, day: str, group: Sequence[Row], facts: Sequence[Any]
) -> None:
    """Add a group to a measure that sums: how many facts there are, or what each is worth."""
    values = None if measure.value is None else list(map(measure.value, facts))
    total = len(group) if values is None else sum(values)
    for bucket in (ALL, day) if measure.daily else (ALL,):
        counts.sums[measure.name, activity, bucket] += total
    if measure.bucket is not None:
        split: dict[str, int] = defaultdict(int)
        for bucket, value in zip(map(measure.bucket, facts), values or repeat(1)):  # noqa: B905 -- repeat has no end
            split[bucket] += value
        for bucket, value in split.items():
            counts.sums[measure.name, activity, bucket] += value


def _add_actors(
    counts: Counts, measure: Measure, activity: int, day: str, group: Sequence[Row], facts: Sequence[Any]
) -> None:
    """Add a group's different participants to a measure that counts them."""
    actors = {row.actor for row in group}
    for bucket in (ALL, day) if measure.daily else (ALL,):
        counts.actors[measure.name, activity, bucket] |= actors
    if measure.bucket is not None:
        for row, fact in zip(group, facts, strict=True):
            counts.actors[measure.name, activity, measure.bucket(fact)].add(row.actor)


def catch_up(store: AnyStore, folder: Folder, limit: int = CHUNK) -> int:
    """Fold the next rows into the stored tallies; returns how many rows were new (0 means up to date)."""
    position = _position(store)
    rows = list(store.read_after(position, limit))
    if not rows:
        return 0
    counts, last = folder.count(rows)
    store.begin()
    try:
        moved = _move(store, position, last)
        if moved:
            _save(store, counts)
        store.commit()
    except BaseException:
        store.rollback()
        raise
    return len(rows)


def rebuild(store: AnyStore, folder: Folder) -> int:
    """Forget every tally and count again from the first fact; returns how many rows were counted."""
    counts, last = folder.count(store.read_after(0))
    store.begin()
    try:
        for table in ("ledger_count", "ledger_seen"):
            store.execute(f"DELETE FROM {table}")  # noqa: S608 -- fixed names
        store.execute("UPDATE ledger_position SET n = ? WHERE name = 'tallies'", (last,))
        _save(store, counts)
        store.commit()
    except BaseException:
        store.rollback()
        raise
    return last


def _position(store: AnyStore) -> int:
    return store.execute("SELECT n FROM ledger_position WHERE name = 'tallies'")[0][0]


def _move(store: AnyStore, before: int, after: int) -> bool:
    """Move the position unless another process has done so since it was read."""
    moved = store.execute_many("UPDATE ledger_position SET n = ? WHERE name = 'tallies' AND n = ?", [(after, before)])
    return moved == 1


def _save(store: AnyStore, counts: Counts) -> None:
    sums = dict(counts.sums)
    for key, actors in counts.actors.items():
        new = store.execute_many(
            "INSERT INTO ledger_seen (metric, activity, bucket, actor) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(*key, actor) for actor in sorted(actors)],
        )
        if new:
            sums[key] = new
    if sums:
        store.execute_many(
            "INSERT INTO ledger_count (metric, activity, bucket, value) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (metric, activity, bucket) DO UPDATE SET value = ledger_count.value + excluded.value",
            [(*key, value) for key, value in sums.items()],
        )
