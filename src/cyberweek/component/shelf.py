"""The releases that people see, held in memory by whoever serves them. Plain SQL, no Django.

The pointer table is small and polled; releases are immutable and are read once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cyberweek.component.manifest import Component, Registry
from cyberweek.component.snapshot import Snapshot
from cyberweek.kernel.codec import decode
from cyberweek.ledger.connect import AnyStore


class OnShelf(NamedTuple):
    """A release ready to be played."""

    activity: int
    release: int
    digest: str
    component: Component
    snapshot: Snapshot


class Shelf:
    """Current and earlier releases by number. `refresh` runs on one thread; the rest only reads dictionaries."""

    def __init__(self, connect: Callable[[], AnyStore], registry: Registry) -> None:
        self._connect = connect
        self._registry = registry
        self._store: AnyStore | None = None
        self._shown: dict[int, int] = {}
        self._withdrawn: set[int] = set()
        self._releases: dict[int, OnShelf] = {}

    def refresh(self) -> None:
        """Read the pointers again and load releases not seen before."""
        store = self._store = self._store or self._connect()
        rows = store.execute("SELECT activity_id, release_id, withdrawn FROM component_visibility")
        for _, release, _ in rows:
            if release is not None and release not in self._releases:
                self._load(release, store)
        self._withdrawn = {activity for activity, _, withdrawn in rows if withdrawn}
        self._shown = {activity: release for activity, release, withdrawn in rows if release and not withdrawn}

    def current(self, activity: int) -> OnShelf | None:
        """What people see of an activity now."""
        return self._releases.get(self._shown.get(activity, 0))

    @property
    def activities(self) -> list[int]:
        """Every activity of which people see something."""
        return list(self._shown)

    def is_withdrawn(self, activity: int) -> bool:
        return activity in self._withdrawn

    def release(self, number: int) -> OnShelf | None:
        """Any release by its id, the current and those superseded since this process began to serve."""
        return self._releases.get(number)

    def load(self, number: int) -> OnShelf | None:
        """Like `release`, but reads it from the database when it is not in memory. Call it off the loop."""
        if number not in self._releases:
            store = self._connect()
            try:
                self._load(number, store)
            finally:
                store.close()
        return self._releases.get(number)

    def close(self) -> None:
        if self._store is not None:
            self._store.close()
            self._store = None

    def _load(self, number: int, store: AnyStore) -> None:
        rows = store.execute("SELECT activity_id, kind, digest, body FROM component_release WHERE id = ?", (number,))
        for activity, kind, digest, body in rows:
            if self._registry.knows(kind):
                component = self._registry.get(kind)
                snapshot = decode(bytes(body), component.snapshot)
                self._releases[number] = OnShelf(activity, number, digest, component, snapshot)
