"""Remembers what was spent for as long as it could be spent again; lives and dies with the process that decides."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable


class Once:
    """Takes each key once within `lives_ms`."""

    def __init__(self, lives_ms: int) -> None:
        self._lives_ms = lives_ms
        self._taken: set[Hashable] = set()
        self._order: deque[tuple[int, Hashable]] = deque()

    def take(self, key: Hashable, at: int) -> bool:
        """True the first time; what was taken long enough ago is forgotten."""
        while self._order and self._order[0][0] < at - self._lives_ms:
            self._taken.discard(self._order.popleft()[1])
        if key in self._taken:
            return False
        self._taken.add(key)
        self._order.append((at, key))
        return True

    def has(self, key: Hashable) -> bool:
        """True for what was taken and is remembered."""
        return key in self._taken
