"""The figure: the same for a seed, another for another, and always valid drawing."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from cyberweek.ui.figure import SIZES, draw
from cyberweek.ui.templatetags.ui import figure_tag

PATH = re.compile(r"(M-?[\d.]+ -?[\d.]+(q-?[\d.]+ -?[\d.]+ -?[\d.]+ -?[\d.]+)+z?)+")


@pytest.mark.parametrize("size", SIZES)
def test_draw_repeats_for_the_same_seed(size: str) -> None:
    first = draw("a", 1, size)
    draw.cache_clear()

    assert draw("a", 1, size) == first


def test_draw_differs_by_seed_and_by_theme_day() -> None:
    drawn = {draw(seed, theme, "large").rivers for seed in ("a", "b") for theme in (0, 1)}

    assert len(drawn) == 4


@pytest.mark.parametrize("size", SIZES)
def test_draw_writes_only_path_data(size: str) -> None:
    drawn = draw("chongqing-2021", 2, size)

    paths = [*(contour.path for contour in drawn.contours), *drawn.rivers]
    assert [path for path in paths if not PATH.fullmatch(path)] == []


def test_draw_closes_the_contours_inside_the_shield() -> None:
    inside = [contour for contour in draw("chongqing-2021", 0, "large").contours if contour.inside]

    assert [c for c in inside if c.path.count("M") != c.path.count("z")] == []


@pytest.mark.parametrize("size", SIZES)
def test_figure_tag_is_valid_xml(size: str) -> None:
    svg = ElementTree.fromstring(figure_tag("<&\"'", 3, size))

    assert svg.attrib["viewBox"] == f"0 0 {SIZES[size].width} {SIZES[size].height}"


def test_figure_tag_of_a_poster_stays_light_on_the_wire() -> None:
    assert len(figure_tag("chongqing-2021", 2, "poster")) < 25_000
