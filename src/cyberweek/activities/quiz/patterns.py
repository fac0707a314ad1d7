"""Papers that no person plays: answers at a machine's pace, and devices that answer in the same rhythm. Pure.

Looks only at times that the server took itself, and only at papers whose every answer came in on its own: answers that a
phone kept without a network arrive together and say nothing of pace. A pattern is a reason to look, never a verdict:
whoever is marked is told, may appeal, and a person decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from enum import StrEnum
from math import sqrt
from typing import NamedTuple

FEWEST = 8  # answers; fewer say too little of a pace
ALONE_MS = 500  # an answer that comes sooner after another was kept and sent with it
EVENEST = 0.05
"""Coefficient of variation below which a pace is a machine's. Reading times are spread like a lognormal with σ of 0.25 at the
very least (questions have 15 to 80 signs); of ten such times fewer than 1 in 50,000 papers fall below, at σ = 0.4 fewer
than 1 in a million. A script that sleeps the same time lies near 0.01."""
ROUND_MS = 100
CLONES = 5
"""Devices with one rhythm. Ten times with a spread of 0.2 s agree to 100 ms by chance in 3 of a billion pairs; five devices
agree by chance never, in a city."""


class Pattern(StrEnum):
    """Why a participant is marked."""

    EVEN = "even-pace"
    CLONED = "cloned-pace"


class Timed(NamedTuple):
    """A finished daily paper: whose it is, and how long each answer took (ms)."""

    participant: int
    took: tuple[int, ...]


class Odd(NamedTuple):
    """A participant whose papers show a pattern, and in how many of them."""

    participant: int
    pattern: Pattern
    papers: int


def odd(papers: Iterable[Timed]) -> list[Odd]:
    """Every participant with a pattern, by participant; who shows both is marked for the shared rhythm."""
    even: dict[int, int] = defaultdict(int)
    rhythms: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for paper in papers:
        if len(paper.took) < FEWEST or min(paper.took[1:]) < ALONE_MS:
            continue
        even[paper.participant] += is_even(paper.took)
        rhythms[tuple(each // ROUND_MS for each in paper.took)].append(paper.participant)
    cloned: dict[int, int] = defaultdict(int)
    for participants in rhythms.values():
        if len(set(participants)) >= CLONES:
            for each in participants:
                cloned[each] += 1
    found = [Odd(each, Pattern.CLONED, many) for each, many in cloned.items()]
    found += [Odd(each, Pattern.EVEN, many) for each, many in even.items() if many and each not in cloned]
    return sorted(found)


def is_even(took: tuple[int, ...]) -> bool:
    """Whether times vary as little as a machine's. The first counts too: a script does not read the page either."""
    mean = sum(took) / len(took)
    spread = sqrt(sum((each - mean) ** 2 for each in took) / (len(took) - 1))
    return spread < EVENEST * mean
