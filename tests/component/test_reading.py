"""What people see of activities, and where they took part."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from cyberweek.component.reading import TakenPart, taken_part
from tests.factories import plan
from tests.factories.facts import answer


def test_a_participant_took_part_in_activities_on_days(house):
    week = plan.campaign()
    quiz, other = plan.activity(week, 1, kind="quiz"), plan.activity(week, 2, kind="quiz")
    for stream, (activity, participant, days) in enumerate(
        [(quiz, 7, 1), (quiz, 7, 0), (quiz, 8, 2), (other, 8, 0)], 1
    ):
        at = house.at + timedelta(days=days)
        answer(house.writer, activity=activity.pk, participant=participant, at=at, stream=stream)
    house.count()

    assert taken_part(7) == [TakenPart(quiz, (date(2026, 11, 24), date(2026, 11, 25)))]
    assert taken_part(9) == []


@pytest.mark.parametrize("activities", [1, 3, 300])
def test_taking_part_is_read_in_two_queries(house, django_assert_num_queries, activities):
    week = plan.campaign()
    for no in range(1, activities + 1):
        made = plan.activity(week, no, kind="quiz")
        answer(house.writer, activity=made.pk, participant=7, at=house.at, stream=no)
    house.count()

    with django_assert_num_queries(2):
        assert len(taken_part(7)) == activities
