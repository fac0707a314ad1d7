"""How districts and units did, without a ranking and without a cell that would tell of single persons. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cyberweek.activities.quiz.snapshot import Area

LEAST = 10  # papers; what has fewer is not shown


class Papers(NamedTuple):
    """How many papers, and how many of them passed."""

    done: int
    passed: int


class Cell(NamedTuple):
    """A district or a unit; without papers and shares when it has too few to be shown. Shares are 0 to 1."""

    area: Area
    papers: int | None
    share: float | None
    shrunken: float | None


def cells(areas: Sequence[Area], found: Mapping[str, Papers]) -> list[Cell]:
    """Every area in the order in which it came, never by size. Those with fewer than LEAST papers show nothing.

    When that is a single one, the smallest of the others shows nothing either: from a total, what is left out could be
    reckoned otherwise.
    """
    mean, between = spread_of(list(found.values()))
    papers = {area.code: found.get(area.code, Papers(0, 0)) for area in areas}
    hidden = {code for code, each in papers.items() if each.done < LEAST}
    if len(hidden) == 1 and len(papers) > 1:
        hidden.add(min(papers.keys() - hidden, key=lambda code: (papers[code].done, code)))
    return [_cell(area, papers[area.code], mean, between) if area.code not in hidden else Cell(area, None, None, None)
            for area in areas]  # fmt: skip


def spread_of(groups: Sequence[Papers]) -> tuple[float, float]:
    """The city's share of passed papers, and the variance between areas beyond what chance alone makes of it.

    With n papers and x passed in an area, p = x/n, and m = Σx/Σn over all:

        s² = Σ n (p - m)² / Σ n          what is seen between areas
        A  = s² - m (1 - m) / n̄          less what binomial chance makes of it; n̄ is the mean of n; never below 0

    Method of moments after R. J. Marshall, "Mapping disease and mortality rates using empirical Bayes estimators",
    Applied Statistics 40 (1991), 283-294, with the binomial variance in the place of the Poisson one.
    """
    papers = sum(group.done for group in groups)
    if not papers:
        return 0.0, 0.0
    mean = sum(group.passed for group in groups) / papers
    seen = sum((group.passed - mean * group.done) ** 2 / group.done for group in groups if group.done) / papers
    typical = papers / sum(1 for group in groups if group.done)
    return mean, max(0.0, seen - mean * (1 - mean) / typical)


def shrink(papers: Papers, mean: float, between: float) -> float:
    """The empirical Bayes estimate m + A / (A + m (1 - m) / n) (p - m): few papers say little, so they stay near m."""
    chance = mean * (1 - mean) / papers.done
    if between + chance == 0:
        return mean
    return mean + between / (between + chance) * (papers.passed / papers.done - mean)


def _cell(area: Area, papers: Papers, mean: float, between: float) -> Cell:
    return Cell(area, papers.done, papers.passed / papers.done, shrink(papers, mean, between))
