"""When residents come."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cyberweek.kernel.dice import Dice
from cyberweek.rehearsal.cast import Person, Week
from cyberweek.rehearsal.residents import BY_TEXT, TEXTS, arrival

NOBODY = Person("nobody", "", lambda: "")
WEEK = Week("", date(2027, 9, 13), date(2027, 9, 19), date(2027, 9, 21), NOBODY, [], [], 0)


@given(st.integers())
def test_everybody_comes_within_the_week(seed):
    assert WEEK.at(0) <= arrival(WEEK, Dice(seed)) < WEEK.at(7)


def test_many_come_after_a_text():
    dice = Dice("texts")
    come = [arrival(WEEK, dice) for _ in range(4_000)]

    after = [
        each
        for each in come
        for day, hour in TEXTS
        if timedelta(0) <= each - WEEK.at(day, hour) < timedelta(minutes=15)
    ]

    assert BY_TEXT - 4 < len(after) * 100 / len(come) < BY_TEXT + 8
