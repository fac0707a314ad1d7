"""How much work a beginning costs now: nothing on a calm day, more when many begin at once or from one network.

A school behind one address pays a second of computing for each phone, never a refusal; ten thousand devices from one
address pay more than their number is worth.
"""

from __future__ import annotations

from dataclasses import dataclass

MINUTE, HOUR = 60_000, 3_600_000
MOST = 3


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which counts on a beginning costs work of level 1, 2 and 3."""

    begun_a_minute: tuple[int, int, int] = (12_000, 30_000, 60_000)
    newcomers_an_hour: tuple[int, int, int] = (600, 3_000, 10_000)
    begun_a_day: tuple[int, int, int] = (10, 30, 100)


USUAL = Thresholds()


class Pressure:
    """Counts beginnings in all, newcomers by network, and beginnings by participant, each in its stretch of time."""

    def __init__(self, thresholds: Thresholds = USUAL, capacity: int = 500_000) -> None:
        self._thresholds = thresholds
        self._capacity = capacity
        self._all: dict[int, int] = {}
        self._newcomers: dict[tuple[int, int], int] = {}
        self._begun: dict[tuple[int, int], int] = {}

    def level(self, *, network: int, participant: int, looks_odd: bool, at: int) -> int:
        """The level of work for a beginning now, 0 to 3."""
        minute, hour, day = at // MINUTE, at // HOUR, at // (24 * HOUR)
        wanted = max(
            _level(self._all.get(minute, 0), self._thresholds.begun_a_minute),
            _level(self._newcomers.get((network, hour), 0), self._thresholds.newcomers_an_hour),
            _level(self._begun.get((participant, day), 0), self._thresholds.begun_a_day),
        )
        return min(MOST, wanted + looks_odd)

    def note(self, *, network: int, participant: int, is_new: bool, at: int) -> None:
        """A paper was begun; who is new counts for the network with the first one only."""
        minute, hour, day = at // MINUTE, at // HOUR, at // (24 * HOUR)
        if minute not in self._all:
            self._all = {key: count for key, count in self._all.items() if key >= minute - 1}
        self._all[minute] = self._all.get(minute, 0) + 1
        is_first = (participant, day) not in self._begun
        _count(self._begun, (participant, day), self._capacity)
        if is_new and is_first:
            _count(self._newcomers, (network, hour), self._capacity)


def looks_odd(headers: dict[bytes, bytes]) -> bool:
    """True for a request that no browser of the last years sends: no name, or no language of its reader."""
    return not headers.get(b"user-agent") or not headers.get(b"accept-language")


def _level(count: int, thresholds: tuple[int, int, int]) -> int:
    return sum(count >= each for each in thresholds)


def _count(counts: dict[tuple[int, int], int], key: tuple[int, int], capacity: int) -> None:
    """Count in bounded memory: what belongs to an earlier stretch of time goes first, then everything."""
    if key not in counts and len(counts) >= capacity:
        for old in [each for each in counts if each[1] < key[1]] or list(counts):
            del counts[old]
    counts[key] = counts.get(key, 0) + 1
