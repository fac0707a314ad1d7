"""Shares of districts: shrunken towards the city, suppressed below ten, never ranked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberweek.activities.quiz.areas import LEAST, Cell, Papers, cells, shrink, spread_of
from cyberweek.activities.quiz.snapshot import Area

GROUPS = st.lists(
    st.integers(0, 500).flatmap(lambda n: st.integers(0, n).map(lambda x: Papers(n, x))), min_size=1, max_size=40
)


def areas(count: int) -> list[Area]:
    return [Area(f"d{n}", f"第{n}区", f"District {n}") for n in range(count)]


def test_the_figures_of_a_worked_example():
    """Two districts of 100 papers, 60 and 80 passed: m = 0.7, s² = 0.01, A = 0.01 - 0.21/100 = 0.0079."""
    groups = [Papers(100, 60), Papers(100, 80)]

    mean, between = spread_of(groups)

    assert mean == pytest.approx(0.7)
    assert between == pytest.approx(0.0079)
    assert shrink(groups[0], mean, between) == pytest.approx(0.7 - 0.1 * 0.0079 / (0.0079 + 0.0021))


def test_who_has_few_papers_stays_near_the_mean():
    mean, between = spread_of([Papers(1_000, 500), Papers(1_000, 900), Papers(10, 10)])

    few, many = shrink(Papers(10, 10), mean, between), shrink(Papers(1_000, 1_000), mean, between)

    assert mean < few < many < 1


def test_districts_that_differ_by_chance_alone_are_all_the_mean():
    mean, between = spread_of([Papers(50, 35), Papers(50, 36), Papers(50, 34)])

    assert between == 0
    assert shrink(Papers(50, 36), mean, between) == pytest.approx(0.7)


@given(groups=GROUPS)
def test_a_shrunken_share_lies_between_the_mean_and_its_own(groups):
    mean, between = spread_of(groups)

    for group in groups:
        if group.done:
            own, shrunken = group.passed / group.done, shrink(group, mean, between)
            assert min(own, mean) - 1e-9 <= shrunken <= max(own, mean) + 1e-9


@given(groups=GROUPS)
def test_order_is_that_of_the_names_and_few_papers_say_nothing(groups):
    listed = areas(len(groups))
    shown = cells(listed, {area.code: group for area, group in zip(listed, groups, strict=True)})

    assert [cell.area for cell in shown] == listed
    for cell, group in zip(shown, groups, strict=True):
        if group.done < LEAST:
            assert cell == Cell(cell.area, None, None, None)
        elif cell.papers is not None:
            assert (cell.papers, cell.share) == (group.done, group.passed / group.done)
    hidden, few = sum(cell.papers is None for cell in shown), sum(group.done < LEAST for group in groups)
    assert hidden == (2 if few == 1 < len(groups) else few)


def test_a_single_small_cell_does_not_show_by_what_is_left_of_the_total():
    found = {"d0": Papers(9, 9), "d1": Papers(50, 25), "d2": Papers(12, 6), "d3": Papers(12, 6)}

    assert [cell.papers for cell in cells(areas(4), found)] == [None, 50, None, 12]


def test_nobody_has_played_yet():
    assert spread_of([]) == (0.0, 0.0)
    assert cells(areas(2), {}) == [Cell(each, None, None, None) for each in areas(2)]


@pytest.mark.parametrize(("done", "shown"), [(9, None), (10, 10)])
def test_the_tenth_paper_is_the_first_that_shows(done, shown):
    (cell,) = cells(areas(1), {"d0": Papers(done, done)})

    assert cell.papers == shown
