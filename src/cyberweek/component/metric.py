"""A metric: named once, counted from facts, read by pages, walls and reports alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from cyberweek.ledger.fact import Fact


@dataclass(frozen=True, slots=True)
class Metric:
    """How one figure is counted. The name only ever grows new readers; its meaning never changes.

    name      `quiz.answers`; the first word is the activity kind
    label     what people call it (Chinese message id), unit the measure word: 次, 人, 份
    fact      which facts count; distinct: count different participants instead of facts
    value     how much a fact adds (1 when None); bucket: a further split by something in the fact
    daily     also kept for each calendar day
    headline  shown on the wall and first in the summary
    """

    name: str
    label: str
    unit: str
    fact: type[Fact]
    distinct: bool = False
    daily: bool = True
    value: Callable[[Any], int] | None = None
    bucket: Callable[[Any], str] | None = None
    headline: bool = False

    @property
    def kind(self) -> str:
        return self.fact.KIND
