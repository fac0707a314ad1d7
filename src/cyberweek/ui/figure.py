"""The campaign's figure: contour lines of a mountain city over two rivers, closing into a shield. Same seed, same lines.

Pure numbers in, path data out. It knows no template, no colour and no page; ui/templatetags/ui.py wraps it in SVG.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from cyberweek.kernel.dice import Dice

Point = tuple[float, float]
Field = Callable[[float, float], float]
Grid = list[list[float]]
Crossing = tuple[int, int, int]  # row, column, and whether the crossed side of the mesh runs down
_SHORTEST = 5


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
    "mark": Size(48, 56, (24, 27), 23.5, 2, (), (), 2),
    "small": Size(120, 140, (60, 68), 58, 3, (0.16, 0.36, 0.56, 0.76, 0.96), (), 2),
    "large": Size(360, 420, (180, 203), 174, 6, _STEPS, (), 2),
    "poster": Size(
        1200, 520, (930, 262), 172, 10, _STEPS, tuple(-0.18 - 0.17 * n - 0.012 * n * n for n in range(18)), 1.6
    ),
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
    heights = _grid(frame, _heights(land))
    contours = [_contour(frame, heights, level) for level in (*frame.outer, *frame.inner)]
    banks = land.banks if not frame.outer else tuple(_far(bank) for bank in land.banks)
    rivers = tuple(_smooth([_place(frame, p) for p in bank]) for bank in banks)
    return Figure(
        width=frame.width,
        height=frame.height,
        contours=tuple(c for c in contours if c.path),
        rivers=rivers,
        river_width=round(max(frame.radius * 0.105, 4.2), 1),
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
    left = (
        (-0.84, _between(dice, -0.5, -0.36)),
        (-0.6, _between(dice, -0.42, -0.2)),
        (-0.34, _between(dice, -0.3, -0.1)),
    )
    right = (
        (0.84, _between(dice, -0.34, -0.2)),
        (0.64, _between(dice, -0.34, -0.1)),
        (0.38, _between(dice, -0.2, 0.02)),
    )
    out = ((x + _between(dice, -0.1, 0.1), 0.5), (_between(dice, -0.08, 0.08), 0.74), (0.0, 1.06))
    return ((*left, meeting, *out), (*right, (x + 0.03, y + 0.04), *out))


def _far(bank: tuple[Point, ...]) -> tuple[Point, ...]:
    """Let a river come from beyond the sheet and leave it again, where land is drawn around the shield."""
    x, y = bank[0]
    side = math.copysign(1.0, x)
    return ((side * 2.1, y - 1.3), (side * 1.5, y - 0.42), (side * 1.1, y - 0.2), *bank, (0.1, 1.4), (-0.2, 2.2))


def _edge(x: float, y: float) -> float:
    """How far a point lies inside the shield: 1 at its heart, 0 on its line, below 0 outside."""
    if y < 0:
        return 1 - ((abs(x) / 0.86) ** 6 + (-y / 0.94) ** 6) ** (1 / 6)
    return 1 - _lower(x, y)


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
    return min(_to_segment(a, b, x, y) for a, b in itertools.pairwise(line))


def _to_segment(a: Point, b: Point, x: float, y: float) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    t = max(0.0, min(1.0, ((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy)))
    return math.hypot(x - a[0] - t * dx, y - a[1] - t * dy)


def _place(frame: Size, point: Point) -> Point:
    return frame.centre[0] + point[0] * frame.radius, frame.centre[1] + point[1] * frame.radius


def _outline(frame: Size) -> str:
    """The shield's own line, closed."""
    upper = [(0.86 * _power(math.cos(t)), 0.94 * _power(math.sin(t))) for t in _angles(math.pi, math.tau, 40)]
    lower = [(0.86 * (1 - (y / 1.08) ** 2.1), y) for y in (1.08 * n / 14 for n in range(1, 14))]
    right = [*lower, (0.0, 1.08)]
    left = [(-x, y) for x, y in reversed(lower)]
    places = [_place(frame, p) for p in (*upper, *right, *left)]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places) + "Z"


def _angles(start: float, end: float, count: int) -> Iterator[float]:
    return (start + (end - start) * n / count for n in range(count + 1))


def _power(part: float) -> float:
    """Spread points along a superellipse so that its corners get their share."""
    return math.copysign(abs(part) ** (1 / 3), part)


def _contour(frame: Size, heights: Grid, level: float) -> Contour:
    lines = [line for line in _lines(frame, heights, level) if len(line) > _SHORTEST]
    weight = 1.0 if level >= 0 else max(0.16, 0.8 * 0.87 ** (-level / 0.22))
    return Contour("".join(_smooth(_thin(line, frame.mesh * 0.07)) for line in lines), round(weight, 2), level >= 0)


def _grid(frame: Size, height: Field) -> Grid:
    return [
        [
            height(
                (column * frame.mesh - frame.centre[0]) / frame.radius,
                (row * frame.mesh - frame.centre[1]) / frame.radius,
            )
            for column in range(frame.width // frame.mesh + 1)
        ]
        for row in range(frame.height // frame.mesh + 1)
    ]


def _lines(frame: Size, heights: Grid, level: float) -> Iterator[list[Point]]:
    """Walk the mesh's crossings of one height into lines, each as long as it goes; a closed one ends where it began."""
    links: dict[Crossing, list[Crossing]] = {}
    for one, other in _segments(heights, level):
        links.setdefault(one, []).append(other)
        links.setdefault(other, []).append(one)
    ends = [crossing for crossing, next_to in links.items() if len(next_to) == 1]
    for start in (*ends, *links):
        walk = _walk(links, start)
        if len(walk) > 1:
            yield [_between_nodes(frame, heights, crossing, level) for crossing in walk]


def _segments(heights: Grid, level: float) -> Iterator[tuple[Crossing, Crossing]]:
    for row in range(len(heights) - 1):
        upper, lower = heights[row], heights[row + 1]
        for column in range(len(upper) - 1):
            corners = upper[column] > level, upper[column + 1] > level, lower[column + 1] > level, lower[column] > level
            sides = (row, column, 0), (row, column + 1, 1), (row + 1, column, 0), (row, column, 1)
            cut = [sides[n] for n in range(4) if corners[n] != corners[(n + 1) % 4]]
            if len(cut) == len(corners) and corners[0]:
                cut = [cut[1], cut[2], cut[3], cut[0]]
            yield from zip(cut[::2], cut[1::2], strict=True)


def _walk(links: dict[Crossing, list[Crossing]], start: Crossing) -> list[Crossing]:
    walk = [start]
    while links[walk[-1]]:
        following = links[walk[-1]].pop()
        links[following].remove(walk[-1])
        walk.append(following)
    return walk


def _between_nodes(frame: Size, heights: Grid, crossing: Crossing, level: float) -> Point:
    row, column, down = crossing
    here = heights[row][column]
    there = heights[row + 1][column] if down else heights[row][column + 1]
    part = (level - here) / (there - here)
    return (column + (0 if down else part)) * frame.mesh, (row + (part if down else 0)) * frame.mesh


def _thin(line: list[Point], tolerance: float) -> list[Point]:
    """Drop points that a straight stroke between their neighbours would hit anyway (Douglas and Peucker's way)."""
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    middle = len(line) // 2
    keep[middle] = True
    spans = [(0, middle), (middle, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        far = max(range(first + 1, last), key=lambda n: _off(line, first, last, n), default=first)
        if far != first and _off(line, first, last, far) > tolerance:
            keep[far] = True
            spans += [(first, far), (far, last)]
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def _off(line: list[Point], first: int, last: int, at: int) -> float:
    if line[first] == line[last]:
        return math.dist(line[first], line[at])
    return _to_segment(line[first], line[last], *line[at])


def _smooth(line: list[Point]) -> str:
    """Path data through the middles of a line's strokes, bent at its points; a closed line stays closed."""
    closed = line[0] == line[-1]
    points = line[:-1] if closed else line
    middles = [((a[0] + b[0]) / 2, (a[1] + b[1]) / 2) for a, b in itertools.pairwise(points)]
    if closed:
        last = points[-1]
        start = (last[0] + points[0][0]) / 2, (last[1] + points[0][1]) / 2
        return _path(start, [*zip(points, [*middles, start], strict=True)]) + "z"
    return _path(points[0], [*zip(points[1:], [*middles[1:], points[-1]], strict=True)])


def _path(start: Point, bends: list[tuple[Point, Point]]) -> str:
    """Write bends in tenths, relative to the place before: a third of the bytes of absolute numbers."""
    x, y = _tenths(start)
    parts = [f"M{_text(x)} {_text(y)}"]
    for bend, end in bends:
        (bx, by), (ex, ey) = _tenths(bend), _tenths(end)
        parts.append(f"q{_text(bx - x)} {_text(by - y)} {_text(ex - x)} {_text(ey - y)}")
        x, y = ex, ey
    return "".join(parts)


def _tenths(point: Point) -> tuple[int, int]:
    return round(point[0] * 10), round(point[1] * 10)


def _text(tenths: int) -> str:
    return f"{tenths / 10:g}"
