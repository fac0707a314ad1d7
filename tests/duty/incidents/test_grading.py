"""Grades follow from the pack of the day: each threshold, one below it, and a pack that knows none."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberweek.duty.incidents.grading import GRADES, Measures, grade_of, has_to_be_reported, reached
from cyberweek.kernel.regulations import pack_on

TODAY, THEN = pack_on(date(2026, 11, 24)), pack_on(date(2021, 10, 12))
FIGURES = st.builds(Measures, **{name: st.integers(0, 2 * 10**8) for name in Measures.__struct_fields__})


@pytest.mark.parametrize(("measure", "at", "grade"), [
    ("people", 999_999, "general"),
    ("people", 1_000_000, "larger"),
    ("people", 10_000_000, "major"),
    ("people", 100_000_000, "extraordinary"),
    ("minutes", 119, "general"),
    ("minutes", 120, "larger"),
    ("minutes", 1440, "extraordinary"),
    ("views", 100_000, "major"),
    ("yuan", 5_000_000, "larger"),
])  # fmt: skip
def test_a_figure_gives_its_grade(measure, at, grade):
    assert grade_of(Measures(**{measure: at}), TODAY) == grade


def test_the_gravest_figure_counts_and_stands_first():
    found = reached(Measures(minutes=150, people=12_000_000), TODAY)

    assert [(each.measure, each.grade) for each in found] == [
        ("people", "major"), ("minutes", "larger"), ("people", "larger")
    ]  # fmt: skip


def test_a_pack_without_figures_grades_nothing_and_asks_for_no_report():
    assert grade_of(Measures(people=10**9), THEN) == "general"
    assert not has_to_be_reported("extraordinary", THEN)


@pytest.mark.parametrize(("grade", "reported"), list(zip(GRADES, [False, True, True, True], strict=True)))
def test_reports_begin_with_the_larger_grade(grade, reported):
    assert has_to_be_reported(grade, TODAY) is reported


@given(FIGURES, st.sampled_from(Measures.__struct_fields__), st.integers(0, 10**8))
def test_a_figure_that_grows_never_makes_it_milder(known, name, more):
    from msgspec.structs import replace

    later = replace(known, **{name: getattr(known, name) + more})

    assert GRADES.index(grade_of(later, TODAY)) >= GRADES.index(grade_of(known, TODAY))
