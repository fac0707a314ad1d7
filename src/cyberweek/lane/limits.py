"""How much one participant and one address may ask. Nothing is refused that a person or a school's network does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` requests at once, refilled at `per_second`."""

    burst: float
    per_second: float


PARTICIPANT = Rate(burst=20, per_second=3)
ADDRESS = Rate(burst=3_000, per_second=300)


class Buckets:
    """Token buckets by key, in bounded memory: when full, those that have refilled are forgotten."""

    def __init__(self, rate: Rate, capacity: int = 200_000) -> None:
        self._rate = rate
        self._capacity = capacity
        self._levels: dict[object, tuple[float, int]] = {}

    def take(self, key: object, at: int) -> bool:
        """Take one token at a moment (ms); False when there is none."""
        level, since = self._levels.get(key, (self._rate.burst, at))
        level = min(self._rate.burst, level + (at - since) * self._rate.per_second / 1000)
        if level < 1:
            return False
        if len(self._levels) >= self._capacity:
            self._forget(at)
        self._levels[key] = (level - 1, at)
        return True

    def _forget(self, at: int) -> None:
        refill_ms = self._rate.burst / self._rate.per_second * 1000
        self._levels = {key: kept for key, kept in self._levels.items() if at - kept[1] < refill_ms}
        if len(self._levels) >= self._capacity:
            self._levels.clear()
