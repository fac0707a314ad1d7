"""What a machine's pace is, and what a person's never is."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberweek.activities.quiz.patterns import CLONES, EVENEST, Odd, Pattern, Timed, is_even, odd

STEADY = (1_000, 1_010, 995, 1_004, 998, 1_001, 1_012, 990, 1_003, 999)
PERSON = (4_100, 7_800, 2_900, 5_600, 12_400, 3_300, 6_900, 4_800, 9_100, 5_200)


def test_a_script_that_sleeps_is_marked_for_each_of_its_papers():
    papers = [Timed(7, STEADY), Timed(7, tuple(each + 3 for each in STEADY)), Timed(8, PERSON)]

    assert odd(papers) == [Odd(7, Pattern.EVEN, 2)]


def test_devices_with_one_rhythm_are_marked_from_five_on():
    four = [Timed(participant, PERSON) for participant in range(1, CLONES)]
    five = [*four, Timed(CLONES, tuple(each + 40 for each in PERSON))]

    assert odd(four) == []
    assert odd(five) == [Odd(participant, Pattern.CLONED, 1) for participant in range(1, CLONES + 1)]


def test_one_device_that_repeats_itself_is_no_crowd():
    assert odd([Timed(1, PERSON)] * 50) == []


def test_answers_that_a_phone_kept_say_nothing():
    kept = (9_000, *[20] * 9)

    assert odd([Timed(participant, kept) for participant in range(100)]) == []


def test_a_short_paper_says_nothing():
    assert odd([Timed(participant, STEADY[:7]) for participant in range(100)]) == []


@given(st.lists(st.integers(500, 60_000), min_size=8, max_size=20), st.integers(2, 5))
def test_a_pace_is_even_or_not_at_any_speed(took, factor):
    slower = tuple(each * factor for each in took)

    assert is_even(slower) is is_even(tuple(took))


@pytest.mark.parametrize("sigma", [0.25, 0.4, 0.6])
def test_people_as_steady_as_they_come_are_hardly_ever_marked(sigma):
    dice = random.Random(1)
    papers = [tuple(round(5_000 * dice.lognormvariate(0, sigma)) for _ in range(10)) for _ in range(20_000)]

    assert EVENEST == 0.05
    assert sum(map(is_even, papers)) == 0
