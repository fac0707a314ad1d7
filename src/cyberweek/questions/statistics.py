"""How questions do: how many answer right, whether those who know more do, which wrong options are taken, how long it takes.

Pure: plain answers come in, figures go out. Answers count only for the wording under which they were given, so a question
that was changed starts anew. Nothing here knows who answered.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from typing import NamedTuple

import msgspec

TICK_MS = 100  # times are kept to a tenth of a second
_TICKS = 1 << 20  # more than a day of them
SURE = 1.96  # standard errors of a 95 % interval
HARD, EASY = 0.3, 0.95
FLAT = 0.1  # below this, knowing more hardly helps (Ebel's usual floor for keeping a question is 0.2)
UNTAKEN = 0.02
SLOW_MS = 60_000
ENOUGH = 20  # answers before anything is said about a question


class Answered(NamedTuple):
    """One answer: on which paper of how many questions, to what (by code and wording), what was chosen, and was it right."""

    paper: int
    of: int
    item: str
    wording: str
    choice: tuple[int, ...]
    right: bool
    took_ms: int


class Figures(msgspec.Struct, frozen=True):
    """What the answers to one wording of a question say. Times are the quartiles in milliseconds."""

    item: str
    wording: str
    answers: int
    right: int
    papers: int
    chosen: dict[int, int]
    discrimination: float | None
    compared: int
    took_ms: tuple[int, int, int]

    @property
    def facility(self) -> float:
        """The share of right answers, p."""
        return self.right / self.answers

    @property
    def exposure(self) -> float:
        """The share of all papers on which the question stood."""
        return self.answers / self.papers

    def share(self, option: int) -> float:
        """The share of answers that took an option."""
        return self.chosen.get(option, 0) / self.answers


class _Tally:
    """What is added up for one wording; the sums are of the right answers to the rest of finished papers."""

    __slots__ = (
        "answers",
        "chosen",
        "compared",
        "rest",
        "rest_right",
        "rest_squared",
        "right",
        "right_compared",
        "times",
    )

    def __init__(self) -> None:
        self.answers = self.right = 0
        self.compared = self.right_compared = 0
        self.rest = self.rest_right = self.rest_squared = 0.0
        self.chosen: Counter[int] = Counter()
        self.times: Counter[int] = Counter()


class _Paper:
    __slots__ = ("count", "of", "right")

    def __init__(self, of: int) -> None:
        self.count, self.right, self.of = 0, 0, of


Sort = tuple[str, str, tuple[int, ...], bool]
"""Answers that differ only in paper and time: item, wording, choice, right."""


def figures(answers: Iterable[Answered]) -> dict[tuple[str, str], Figures]:
    """Count every answer once; what is compared with the rest of its paper, only on papers that were finished."""
    sorts: dict[Sort, int] = {}
    papers: dict[int, _Paper] = {}
    which, sort_of, ticks = array("q"), array("i"), array("i")
    for paper, of, item, wording, choice, right, took_ms in answers:
        which.append(paper)
        sort_of.append(sorts.setdefault((item, wording, choice, right), len(sorts)))
        ticks.append(min(took_ms // TICK_MS, _TICKS - 1))
        held = papers.get(paper)
        if held is None:
            papers[paper] = held = _Paper(of)
        held.count += 1
        held.right += right
    tallies = _counted(list(sorts), sort_of, ticks)
    _compare([(tallies[sort[:2]], sort[3]) for sort in sorts], which, sort_of, papers)
    return {key: _figures(key, tally, len(papers)) for key, tally in tallies.items()}


def _counted(sorts: Sequence[Sort], sort_of: array, ticks: array) -> dict[tuple[str, str], _Tally]:
    tallies: defaultdict[tuple[str, str], _Tally] = defaultdict(_Tally)
    for place, count in Counter(sort_of).items():
        item, wording, choice, right = sorts[place]
        tally = tallies[item, wording]
        tally.answers += count
        tally.right += count * right
        for option in choice:
            tally.chosen[option] += count
    joined = Counter(map(int.__add__, map(int.__mul__, sort_of, repeat(_TICKS)), ticks))
    for sort_and_tick, count in joined.items():
        place, tick = divmod(sort_and_tick, _TICKS)
        tallies[sorts[place][:2]].times[tick] += count
    return tallies


def _compare(sorts: Sequence[tuple[_Tally, bool]], which: array, sort_of: array, papers: Mapping[int, _Paper]) -> None:
    """Add, for each answer on a finished paper, the share of the rest of the paper that was right."""
    for paper, place in zip(which, sort_of, strict=True):
        held = papers[paper]
        if held.count != held.of or held.of < 2:  # noqa: PLR2004 -- a paper of one question has no rest
            continue
        tally, right = sorts[place]
        rest = (held.right - right) / (held.of - 1)
        tally.compared += 1
        tally.rest += rest
        tally.rest_squared += rest * rest
        if right:
            tally.right_compared += 1
            tally.rest_right += rest


def _figures(key: tuple[str, str], tally: _Tally, papers: int) -> Figures:
    return Figures(
        item=key[0],
        wording=key[1],
        answers=tally.answers,
        right=tally.right,
        papers=papers,
        chosen=dict(sorted(tally.chosen.items())),
        discrimination=_point_biserial(tally),
        compared=tally.compared,
        took_ms=_quartiles(tally.times),
    )


def _point_biserial(tally: _Tally) -> float | None:
    """The correlation of being right here with the share that is right elsewhere; None where either never varies."""
    count, right = tally.compared, tally.right_compared
    if count < 2:  # noqa: PLR2004 -- one point has no slope
        return None
    rests = tally.rest_squared - tally.rest * tally.rest / count
    rights = right - right * right / count
    if rests < 1e-9 or rights < 1e-9:  # noqa: PLR2004 -- nothing varies, but for rounding
        return None
    return (tally.rest_right - tally.rest * right / count) / math.sqrt(rests * rights)


def _quartiles(times: Counter[int]) -> tuple[int, int, int]:
    """The least times by which a quarter, half and three quarters had answered."""
    total, seen = sum(times.values()), 0
    found: list[int] = []
    for tick in sorted(times):
        seen += times[tick]
        while len(found) < 3 and seen * 4 >= total * (len(found) + 1):  # noqa: PLR2004 -- three quartiles
            found.append(tick * TICK_MS)
    return found[0], found[1], found[2]


def interval(part: int, whole: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    share, squared = part / whole, SURE * SURE / whole
    middle = (share + squared / 2) / (1 + squared)
    half = SURE / (1 + squared) * math.sqrt(share * (1 - share) / whole + squared / (4 * whole))
    return middle - half, middle + half


def concerns(figure: Figures, kind: str, options: int, answer: Sequence[int]) -> list[str]:
    """Why somebody should look at a question, only where chance is an unlikely reason.

    hard, easy   the whole 95 % interval of p lies below 0.30 or above 0.95
    flat         the whole 95 % interval of the discrimination lies below 0.10: knowing more does not help, or even harms
    key          a wrong option is taken more often than the right one, beyond chance: is the key right?
    untaken      an option is taken by fewer than 2 of 100, beyond chance: it deceives nobody
    slow         half take longer than a minute
    """
    if figure.answers < ENOUGH:
        return []
    low, high = interval(figure.right, figure.answers)
    found = ["hard"] if high < HARD else ["easy"] if low > EASY else []
    if _is_flat(figure):
        found.append("flat")
    if kind in ("single", "truth"):
        found += _of_options(figure, 2 if kind == "truth" else options, answer[0])
    return [*found, "slow"] if figure.took_ms[1] > SLOW_MS else found


def _is_flat(figure: Figures) -> bool:
    """By Fisher's transformation of the correlation."""
    if figure.discrimination is None or figure.compared < ENOUGH:
        return False
    spread = SURE / math.sqrt(figure.compared - 3)
    return math.tanh(math.atanh(max(min(figure.discrimination, 0.999), -0.999)) + spread) < FLAT


def _of_options(figure: Figures, options: int, right: int) -> list[str]:
    taken = [figure.chosen.get(option, 0) for option in range(options)]
    wrong = [count for option, count in enumerate(taken) if option != right]
    found = []
    rivals = max(wrong) + taken[right]
    if rivals and interval(max(wrong), rivals)[0] > 0.5:  # noqa: PLR2004 -- of those who took one of the two, most took the wrong one
        found.append("key")
    if options > 2 and any(interval(count, figure.answers)[1] < UNTAKEN for count in wrong):  # noqa: PLR2004 -- 对 and 错 are both needed
        found.append("untaken")
    return found
