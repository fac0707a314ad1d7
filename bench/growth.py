"""What one more fact costs when the ledger is ten times as long: two ledgers, filled in turns."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.figure import Figure
from cyberweek.ledger.connect import AnyStore, open_store
from drill.house import House, fill

TURNS = 9


def figures(*, quick: bool) -> Iterator[Figure]:
    short, long, turn = (20_000, 200_000, 5_000) if quick else (500_000, 5_000_000, 25_000)
    with tempfile.TemporaryDirectory(prefix="cyberweek-bench-") as name:
        house = House(Path(name))
        house.load()
        activity, release = house.quiz()

        def timed(store: AnyStore, facts: int) -> float:
            begun = time.perf_counter()
            fill(store, facts, activity=activity, release=release)
            return (time.perf_counter() - begun) / facts * 1e6

        with house.reading() as store:
            timed(store, short)
        other = Path(name) / "long.sqlite3"
        _copy(house.database, other)
        few, many = open_store(str(house.database)), open_store(str(other))
        timed(many, long - short)
        costs = [(timed(few, turn), timed(many, turn)) for _ in range(TURNS)]
        few.close()
        many.close()
    at_few, at_many = median(few for few, _ in costs), median(many for _, many in costs)
    note = f"{at_many:.1f} µs at {long:,} rows, {at_few:.1f} µs at {short:,}"
    yield Figure("cost of a fact, ten times as long a ledger", at_many / at_few, 1.25, note, "×", at_most=True)


def _copy(database: Path, other: Path) -> None:
    db = sqlite3.connect(database)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    shutil.copyfile(database, other)
