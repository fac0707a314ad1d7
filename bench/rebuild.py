"""How fast every tally is counted again from the first fact, and that counting on the way came to the same."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from cyberweek.ledger import tallies
from cyberweek.ledger.connect import AnyStore
from cyberweek.ledger.fact import FactTypes
from cyberweek.project.registry import REGISTRY
from drill.house import House, fill


def figures(*, quick: bool) -> Iterator[Figure]:
    facts = 100_000 if quick else 1_000_000
    with tempfile.TemporaryDirectory(prefix="cyberweek-bench-") as name:
        house = House(Path(name))
        house.load()
        activity, release = house.quiz()
        folder = tallies.Folder(REGISTRY.metrics, FactTypes(REGISTRY.facts))
        with house.reading() as store:
            fill(store, facts, activity=activity, release=release)
            on_the_way = _timed(lambda: _catch_up(store, folder))
            counted = _counts(store)
            from_zero = _timed(lambda: tallies.rebuild(store, folder))
            if _counts(store) != counted:
                raise SystemExit("counting again from the first fact came to other values")
    note = f"{facts:,} facts in {from_zero:.1f} s; counted on the way: {facts / on_the_way / 1000:,.0f} k/s"
    yield Figure("tally rebuild", facts / from_zero / 1000, 200, note, "k/s")


def _catch_up(store: AnyStore, folder: tallies.Folder) -> None:
    while tallies.catch_up(store, folder):
        pass


def _counts(store: AnyStore) -> list[tuple]:
    return store.execute("SELECT metric, activity, bucket, value FROM ledger_count ORDER BY metric, activity, bucket")


def _timed(work) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
