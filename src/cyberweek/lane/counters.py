"""Live figures: folds new facts into the tallies, and keeps the sums that walls and cards show in memory."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import date

from cyberweek.ledger import tallies
from cyberweek.ledger.connect import AnyStore
from cyberweek.ledger.tallies import ALL, Folder

Figures = dict[str, int]


class Counters:
    """`refresh` runs on one thread; `watch` runs on the loop. A figure is named `metric` or `metric/activity`,
    and `metric@today` for the day."""

    def __init__(self, connect: Callable[[], AnyStore], folder: Folder) -> None:
        self._connect = connect
        self._folder = folder
        self._store: AnyStore | None = None
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self.figures: Figures = {}

    def refresh(self, today: date) -> None:
        """Count what is new and read the sums again."""
        if self._store is None:
            self._store = self._connect()
        while tallies.catch_up(self._store, self._folder) == tallies.CHUNK:
            pass
        figures = _read(self._store, today)
        if figures != self.figures:
            self.figures = figures
            self._loop.call_soon_threadsafe(self._wake)

    async def watch(self) -> AsyncIterator[Figures]:
        """Yield all figures first, then what has changed, whenever it changes; an empty one every 15 s keeps it open."""
        seen: Figures = {}
        while True:
            now = self.figures
            yield {name: value for name, value in now.items() if seen.get(name) != value}
            seen = now
            try:
                await asyncio.wait_for(self._changed.wait(), 15)
            except TimeoutError:
                continue

    def close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


def _read(store: AnyStore, today: date) -> Figures:
    figures: Figures = {}
    rows = store.execute(
        "SELECT metric, activity, bucket, value FROM ledger_count WHERE bucket IN (?, ?)", (ALL, today.isoformat())
    )
    for metric, activity, bucket, value in rows:
        suffix = "" if bucket == ALL else "@today"
        for name in (f"{metric}{suffix}", f"{metric}/{activity}{suffix}"):
            figures[name] = figures.get(name, 0) + value
    return figures
