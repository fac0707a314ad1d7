"""The figures are what the textbook says, and nothing is said about a question that chance could have said."""

from __future__ import annotations

import time
from statistics import correlation

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberweek.questions.statistics import Answered, Figures, concerns, figures, interval


def answered(
    paper: int, *, item: str = "a", of: int = 2, choice=(0,), right: bool = True, took_ms: int = 1_000, wording="w"
):
    return Answered(paper, of, item, wording, tuple(choice), right, took_ms)


def figure(**changes) -> Figures:
    """A question that 100 answered, 70 of them right, in seven seconds."""
    values = {
        "item": "a", "wording": "w", "answers": 100, "right": 70, "papers": 200, "chosen": {0: 70, 1: 15, 2: 15},
        "discrimination": 0.4, "compared": 100, "took_ms": (5_000, 7_000, 9_000),
    }  # fmt: skip
    return Figures(**(values | changes))


def test_shares_options_times_and_exposure_are_counted():
    found = figures(
        [
            answered(1, choice=(0,), took_ms=1_000),
            answered(2, choice=(1,), right=False, took_ms=2_000),
            answered(3, choice=(0, 2), took_ms=3_000),
            answered(4, choice=(1,), right=False, took_ms=4_000),
            answered(5, item="b"),
        ]
    )["a", "w"]

    assert (found.answers, found.right, found.facility, found.exposure) == (4, 2, 0.5, 0.8)
    assert found.chosen == {0: 2, 1: 2, 2: 1}
    assert found.share(2) == 0.25
    assert found.share(3) == 0
    assert found.took_ms == (1_000, 2_000, 3_000)


def test_another_wording_of_the_same_question_is_counted_apart():
    found = figures([answered(1), answered(2), answered(3, wording="x", right=False)])

    assert {key: (each.answers, each.right) for key, each in found.items()} == {("a", "w"): (2, 2), ("a", "x"): (1, 0)}


papers = st.lists(st.lists(st.booleans(), min_size=3, max_size=3), min_size=2, max_size=30)


@given(papers)
def test_discrimination_is_the_correlation_with_the_rest_of_the_paper(rights):
    answers = [
        answered(paper, item=f"q{place}", of=3, right=right)
        for paper, row in enumerate(rights)
        for place, right in enumerate(row)
    ]

    found = figures(answers)["q0", "w"].discrimination

    here, rest = [int(row[0]) for row in rights], [sum(row[1:]) / 2 for row in rights]
    varies = len(set(here)) > 1 and len(set(rest)) > 1
    assert found == (pytest.approx(correlation(here, rest)) if varies else None)


def test_a_paper_that_was_not_finished_is_compared_with_nothing():
    rows = [answered(paper, item=item, right=paper % 2 == 0) for paper in range(10) for item in "ab"]
    unfinished = [answered(paper, right=False) for paper in range(100, 130)]

    without, with_them = figures(rows)["a", "w"], figures([*rows, *unfinished])["a", "w"]

    assert (with_them.discrimination, with_them.compared) == (without.discrimination, 10)
    assert (without.answers, with_them.answers) == (10, 40)


def test_a_paper_of_one_question_has_no_rest():
    assert figures([answered(1, of=1), answered(2, of=1, right=False)])["a", "w"].discrimination is None


@given(st.lists(st.integers(0, 200_000_000), min_size=1, max_size=60))
def test_quartiles_are_the_times_by_which_a_quarter_half_and_three_quarters_had_answered(times):
    ticks = sorted(min(each // 100, (1 << 20) - 1) * 100 for each in times)

    found = figures([answered(no, took_ms=each) for no, each in enumerate(times)])["a", "w"].took_ms

    assert found == tuple(ticks[-(-len(ticks) * quarter // 4) - 1] for quarter in (1, 2, 3))


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (5, 10, 0.237, 0.763), (81, 263, 0.255, 0.366)],
)
def test_intervals_are_wilsons(part, whole, low, high):
    """The last is the example of Newcombe (1998), table I; the others follow from the formula."""
    assert interval(part, whole) == (pytest.approx(low, abs=0.0006), pytest.approx(high, abs=0.0006))


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, []),
        ({"answers": 19, "right": 0}, []),
        ({"right": 20}, ["hard"]),
        ({"right": 25}, []),
        ({"right": 100, "chosen": {0: 100, 1: 10, 2: 10}}, ["easy"]),
        ({"right": 99}, []),
        ({"discrimination": -0.2}, ["flat"]),
        ({"discrimination": -0.2, "compared": 19}, []),
        ({"discrimination": 0.05}, []),
        ({"discrimination": 0.05, "compared": 2_000}, ["flat"]),
        ({"discrimination": None}, []),
        ({"discrimination": 1.0}, []),
        ({"right": 40, "chosen": {0: 30, 1: 55, 2: 15}}, ["key"]),
        ({"right": 40, "chosen": {0: 40, 1: 45, 2: 15}}, []),
        ({"answers": 1_000, "right": 700, "chosen": {0: 700, 1: 300}}, ["untaken"]),
        ({"chosen": {0: 70, 1: 30}}, []),
        ({"took_ms": (30_000, 60_100, 90_000)}, ["slow"]),
        ({"took_ms": (30_000, 60_000, 90_000)}, []),
    ],
)
def test_a_concern_is_raised_only_where_chance_is_an_unlikely_reason(changes, found):
    assert concerns(figure(**changes), "single", 3, (0,)) == found


def test_options_that_belong_together_raise_no_concern_of_their_own():
    taken = figure(answers=1_000, right=700, chosen={0: 900, 1: 950})

    assert concerns(taken, "multiple", 3, (0, 1)) == []
    assert concerns(figure(answers=1_000, right=700, chosen={0: 1_000}), "truth", 0, (0,)) == []


def test_nothing_is_said_of_no_answers():
    assert figures([]) == {}


def test_a_million_answers_are_counted_in_seconds():
    many = (
        Answered(no // 10, 10, f"q{no % 160}", "w", (no % 4,), no % 4 == 0, 1_000 + no % 50_000)
        for no in range(1_000_000)
    )

    began = time.process_time()
    found = figures(many)

    assert sum(each.answers for each in found.values()) == 1_000_000
    assert time.process_time() - began < 10  # about two and a half here, when nothing else runs
