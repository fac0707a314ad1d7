"""A stretch of time in which something is open."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import cached_property

import msgspec

from cyberweek.kernel.clock import to_ms


class Phase(StrEnum):
    BEFORE = "before"
    OPEN = "open"
    AFTER = "after"


class Window(msgspec.Struct, frozen=True, dict=True):
    """Open from `opens` (inclusive) to `closes` (exclusive); both carry a time zone."""

    opens: datetime
    closes: datetime

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("a window must open before it closes")

    @cached_property
    def opens_ms(self) -> int:
        return to_ms(self.opens)

    @cached_property
    def closes_ms(self) -> int:
        return to_ms(self.closes)

    def phase(self, at: datetime) -> Phase:
        if at < self.opens:
            return Phase.BEFORE
        return Phase.OPEN if at < self.closes else Phase.AFTER
