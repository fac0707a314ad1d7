"""The campaign's figure: contour lines of a mountain city over two rivers, closing into a shield. Same seed, same lines.

Pure numbers in, path data out. It knows no template, no colour and no page; ui/templatetags/ui.py wraps it in SVG.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from cyberweek.kernel.dice import Dice

Point = tuple[float, float]
Field = Callable[[float, float], float]


@dataclass(frozen=True, slots=True)
class Contour:
    """One height: the path of all its lines, how strong they are drawn, and whether they lie inside the shield."""

    path: str
    weight: float
    inside: bool


@dataclass(frozen=True, slots=True)
class Figure:
    width: int
    height: int
    contours: tuple[Contour, ...]
    rivers: tuple[str, ...]
    river_width: float
    outline: str


@dataclass(frozen=True, slots=True)
class Size:
    """How a figure is framed: the sheet, the shield's place and radius on it, the mesh, and the heights drawn."""

    width: int
    height: int
    centre: Point
    radius: float
    mesh: int
    inner: tuple[float, ...]
    outer: tuple[float, ...]
    line: float


_STEPS = tuple(0.13 + 0.115 * n for n in range(9))
SIZES = {
    "mark": Size(48, 56, (24, 27), 23.5, 2, (0.42, 0.72), (), 2.6),
    "small": Size(120, 140, (60, 68), 58, 3, (0.16, 0.36, 0.56, 0.76, 0.96), (), 2),
    "large": Size(360, 420, (180, 203), 174, 6, _STEPS, (), 2),
    "poster": Size(1200, 520, (905, 236), 212, 10, _STEPS, tuple(-0.16 * 1.17**n - 0.13 * n for n in range(17)), 1.6),
}


@dataclass(frozen=True, slots=True)
class _Land:
    """A city in shield coordinates: x and y run from -1 to 1, the tip of the shield is at the bottom."""

    hills: tuple[tuple[float, float, float, float], ...]
    waves: tuple[tuple[float, float, float, float], ...]
    meeting: Point
    banks: tuple[tuple[Point, ...], ...]


@lru_cache(maxsize=256)
def draw(seed: str, theme: int, size: str) -> Figure:
    """Compute the figure of a seed; the theme day moves hills and rivers a little, so that each day has its own."""
    frame = SIZES[size]
    land = _land(Dice("figure", seed, theme))
    height = _heights(land)
    contours = [_contour(frame, height, level) for level in (*frame.outer, *frame.inner)]
    rivers = tuple(_smooth([_place(frame, p) for p in bank]) for bank in land.banks)
    return Figure(
        width=frame.width,
        height=frame.height,
        contours=tuple(c for c in contours if c.path),
        rivers=rivers,
        river_width=round(frame.radius * 0.105, 1),
        outline=_outline(frame),
    )


def _unit(dice: Dice) -> float:
    return dice.below(1 << 20) / (1 << 20)


def _between(dice: Dice, low: float, high: float) -> float:
    return low + (high - low) * _unit(dice)


def _land(dice: Dice) -> _Land:
    meeting = (_between(dice, -0.12, 0.16), _between(dice, 0.0, 0.16))
    hills = (
        (_between(dice, -0.16, 0.16), _between(dice, -0.62, -0.5), _between(dice, 0.26, 0.33), 1.15),
        (_between(dice, -0.64, -0.5), _between(dice, 0.05, 0.2), _between(dice, 0.22, 0.28), _between(dice, 0.7, 0.95)),
        (_between(dice, 0.48, 0.62), _between(dice, 0.1, 0.25), _between(dice, 0.22, 0.28), _between(dice, 0.7, 0.95)),
        (_between(dice, -0.42, -0.3), _between(dice, -0.72, -0.6), _between(dice, 0.14, 0.2), 0.4),
        (_between(dice, 0.3, 0.46), _between(dice, -0.5, -0.36), _between(dice, 0.14, 0.2), 0.45),
    )
    waves = tuple(
        (_between(dice, 1.1, 3.4), _between(dice, 0, math.tau), _between(dice, 0, math.tau), _between(dice, 0.5, 1.0))
        for _ in range(5)
    )
    return _Land(hills, waves, meeting, _banks(dice, meeting))


def _banks(dice: Dice, meeting: Point) -> tuple[tuple[Point, ...], ...]:
    """Two rivers come in from the shoulders, meet, and leave as one by the tip."""
    x, y = meeting
    left = ((-1.0, _between(dice, -0.5, -0.36)), (-0.68, _between(dice, -0.42, -0.2)), (-0.36, _between(dice, -0.3, -0.1)))
    right = ((1.0, _between(dice, -0.34, -0.2)), (0.72, _between(dice, -0.34, -0.1)), (0.4, _between(dice, -0.2, 0.02)))
    out = ((x + _between(dice, -0.1, 0.1), 0.5), (_between(dice, -0.08, 0.08), 0.74), (0.0, 1.1))
    return ((*left, meeting, *out), (*right, (x + 0.03, y + 0.04), *out))


def _edge(x: float, y: float) -> float:
    """How far a point lies inside the shield: 1 at its heart, 0 on its line, below 0 outside."""
    top = -0.9 - 0.1 * x * x if abs(x) < 1 else -1.0
    if y < 0:
        side, down = abs(x) / 0.86, y / top
        return 1 - (side**5 + max(down, 0.0) ** 5) ** 0.2
    half = 0.86 * (1 - (y / 1.08) ** 2.1) if y < 1.08 else 0.0
    near = math.hypot(max(abs(x) - half, 0.0), max(y - 1.08, 0.0))
    return 1 - max(abs(x) / 0.86, 0.0) - 0.0 * near if half <= 0 else 1 - _lower(x, y)


def _lower(x: float, y: float) -> float:
    """Return the scale at which the shield's lower half passes through this point."""
    low, high = 1e-3, 8.0
    for _ in range(18):
        middle = (low + high) / 2
        reach = y / (1.08 * middle)
        if reach < 1 and abs(x) <= 0.86 * middle * (1 - reach**2.1):
            high = middle
        else:
            low = middle
    return high


def _heights(land: _Land) -> Field:
    def height(x: float, y: float) -> float:
        edge = _edge(x, y)
        if edge <= 0:
            return edge + _drift(land, x, y) * min(1.0, -edge * 0.9) * 0.34
        inner = min(edge / 0.22, 1.0)
        hill = sum(h * math.exp(-((x - hx) ** 2 + (y - hy) ** 2) / (2 * r * r)) for hx, hy, r, h in land.hills)
        valley = min(_distance(bank, x, y) for bank in land.banks)
        cut = min(valley / 0.2, 1.0) ** 0.8
        return inner * cut * (0.16 + hill + 0.1 * _drift(land, x, y))

    return height


def _drift(land: _Land, x: float, y: float) -> float:
    return sum(w * math.sin(f * x + a) * math.cos(f * 0.8 * y + b) for f, a, b, w in land.waves) / 2


def _distance(line: tuple[Point, ...], x: float, y: float) -> float:
    return min(_to_segment(a, b, x, y) for a, b in zip(line, line[1:], strict=False))


def _to_segment(a: Point, b: Point, x: float, y: float) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    t = max(0.0, min(1.0, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)))
    return math.hypot(x - a[0] - t * dx, y - a[1] - t * dy)
