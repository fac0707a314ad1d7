"""What a rehearsal remembers: what was done and acknowledged, how long answers took, what was refused, late or strange."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

SLOW_S = 1.0
LISTED = 200


class Late(NamedTuple):
    """A unit that was late with something: `why` is `never` or `after-deadline`."""

    unit: str
    why: str
    what: str = ""


@dataclass
class Record:
    """Figures are what people were told, never what they meant to do. `heard`: right answers that got around, by question."""

    sums: Counter[str] = field(default_factory=Counter)
    different: defaultdict[str, set[Hashable]] = field(default_factory=lambda: defaultdict(set))
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    late: list[Late] = field(default_factory=list)
    heard: dict[str, frozenset[str]] = field(default_factory=dict)
    strange: list[str] = field(default_factory=list)
    retried: int = 0

    def add(self, metric: str, amount: int = 1) -> None:
        self.sums[metric] += amount

    def see(self, metric: str, who: Hashable) -> None:
        """Count somebody once, however often they come."""
        self.different[metric].add(who)

    def refuse(self, who: str, why: str) -> None:
        self.refused[who, why] += 1

    def took(self, what: str, seconds: float) -> None:
        self.seconds[what].append(seconds)

    def notice(self, words: str) -> None:
        """Something that should not be."""
        if len(self.strange) < LISTED:
            self.strange.append(words)

    def figures(self) -> dict[str, int]:
        """What was simulated, by metric."""
        return {**self.sums, **{metric: len(who) for metric, who in self.different.items()}}

    def speeds(self) -> list[dict[str, object]]:
        """By what was asked: how often, and how long half, 99 of a hundred, and the slowest took, in milliseconds."""
        return [
            {"what": what, "times": len(took), "half": _ms(took, 50), "most": _ms(took, 99), "slowest": round(max(took) * 1000),
             "slow": sum(each > SLOW_S for each in took)}
            for what, took in sorted(self.seconds.items())
        ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as it was simulated and as the edition counted it."""

    metric: str
    simulated: int
    counted: int

    @property
    def is_equal(self) -> bool:
        return self.simulated == self.counted


def compared(simulated: dict[str, int], counted: dict[str, int]) -> list[Line]:
    """Every figure that either side has, by name."""
    names = sorted({*simulated, *(name for name, value in counted.items() if value)})
    return [Line(name, simulated.get(name, 0), counted.get(name, 0)) for name in names]


def write(path: Path, record: Record, **more: object) -> None:
    """Write it for the page that shows it; whoever reads sees the old file or the new one whole."""
    said = {
        **more,
        "figures": record.figures(),
        "refused": [[who, why, times] for (who, why), times in sorted(record.refused.items())],
        "speeds": record.speeds(),
        "late": record.late,
        "strange": record.strange,
        "retried": record.retried,
    }
    part = path.with_suffix(".part")
    part.write_text(json.dumps(said, ensure_ascii=False, indent=1), encoding="utf-8")
    part.replace(path)


def _ms(took: list[float], percent: int) -> int:
    return round((quantiles(took, n=100)[percent - 1] if len(took) > 1 else took[0]) * 1000)
