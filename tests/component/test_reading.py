"""What people see of activities, and where they took part."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.db import transaction

from cyberweek.component.models import Visibility
from cyberweek.component.reading import TakenPart, _Windowed, release_snapshots, taken_part, windows
from cyberweek.kernel.codec import canonical, digest
from cyberweek.kernel.windows import Window
from cyberweek.plan.models import Activity
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


@pytest.mark.parametrize("published", [1, 3, 300])
def test_every_snapshot_of_a_kind_is_read_in_one_query_withdrawn_ones_too(house, django_assert_num_queries, published):
    week = plan.campaign()
    hours = Window(house.at, house.at + timedelta(hours=8))
    with transaction.atomic():
        for no in range(1, published + 1):
            _show(plan.activity(week, no, kind="quiz"), hours, at=house.at, withdrawn=True)

    with django_assert_num_queries(1):
        found = release_snapshots("quiz", _Windowed)

    assert list(found.values()) == [_Windowed(hours)] * published
    assert release_snapshots("hunt", _Windowed) == {}


@pytest.mark.parametrize("published", [1, 3, 300])
def test_the_hours_of_a_whole_list_are_read_in_one_query(house, django_assert_num_queries, published):
    week = plan.campaign()
    hours = Window(house.at, house.at + timedelta(hours=8))
    with transaction.atomic():
        for no in range(1, published + 1):
            _show(plan.activity(week, no, kind="quiz"), hours, at=house.at)
        plan.activity(week, published + 1, kind="quiz")
        gone = _show(plan.activity(week, published + 2, kind="quiz"), hours, at=house.at, withdrawn=True)
    activities = list(week.activities.values_list("pk", flat=True))

    with django_assert_num_queries(1):
        found = windows(activities)

    assert found == dict.fromkeys(activities[:published], hours)
    assert gone in activities


def _show(activity: Activity, hours: Window, *, at: datetime, withdrawn: bool = False) -> int:
    """Publish so much of an activity as its hours; returns its key."""
    body = canonical(_Windowed(hours))
    release = activity.releases.create(kind=activity.kind, number=1, digest=digest(body), body=body, published_at=at)
    Visibility.objects.create(activity=activity, release=release, withdrawn=withdrawn, stream=activity.pk)
    return activity.pk
