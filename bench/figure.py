"""One line of the table."""

from __future__ import annotations

from typing import NamedTuple


class Figure(NamedTuple):
    """What was measured: a ratio, the one we aim at, and the absolute figures behind it."""

    name: str
    ratio: float
    target: float
    note: str
    unit: str = "%"
    at_most: bool = False

    def line(self) -> str:
        scale = 100 if self.unit == "%" else 1
        sign = "≤" if self.at_most else "≥"
        reached = self.ratio <= self.target if self.at_most else self.ratio >= self.target
        shown = f"{self.ratio * scale:,.{0 if self.unit == '%' else 2}f} {self.unit}"
        return f"{'+' if reached else '-'} {self.name:52} {shown:>12}  {sign} {self.target * scale:g} {self.unit}   {self.note}"
