"""What the command wall reads: the week, figures by activity and district, lights, what can be joined."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cyberweek.activities.quiz.queries import district_figures
from cyberweek.activities.quiz.services import publish
from cyberweek.component.ports import Lights
from cyberweek.ledger.models import Count
from cyberweek.screen.command import command
from cyberweek.supervision.evidence import Said
from cyberweek.supervision.queries import task_lights
from cyberweek.supervision.services import Given, Hand, assign_all, make_move, sign_for
from tests.factories import plan, questions
from tests.factories.units import unit

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)  # in China, the second day of the factory's week


def counted(metric: str, activity: int, bucket: str, value: int) -> None:
    Count.objects.create(metric=metric, activity=activity, bucket=bucket, value=value)


def test_a_day_sums_what_its_activities_counted(house):
    week = plan.campaign()
    quiz, other = (plan.activity(week, no, slug=f"quiz-{no}", kind="quiz") for no in (1, 2))
    counted("quiz.participants", quiz.pk, "2026-11-23", 5)
    counted("quiz.participants", other.pk, "2026-11-23", 2)
    counted("quiz.participants", quiz.pk, "2026-11-24", 9)

    days = command(week, NOON).days

    assert [(each.standing, each.value) for each in days] == [("past", 7), ("now", 9)] + [("ahead", 0)] * 5


def test_a_line_bears_the_name_that_live_events_use(house):
    week = plan.campaign()
    quiz = plan.activity(week, 1, slug="quiz", kind="quiz")
    counted("quiz.participants", quiz.pk, "", 14)
    counted("quiz.participants", quiz.pk, "2026-11-24", 9)

    (line,) = command(week, NOON).lines

    assert (line.live, line.value, line.today, line.days[1]) == (f"quiz.participants/{quiz.pk}", 14, 9, 9)


def test_what_units_reported_is_shown_without_what_was_voided(house):
    week = plan.campaign()
    expo, forum = plan.activity(week, 1), plan.activity(week, 2, kind="gathering")
    counted("imported.people", expo.pk, "", 300)
    counted("imported.people-voided", expo.pk, "", 120)

    shown, quiet = command(week, NOON).lines

    assert (shown.activity, shown.value, shown.days, shown.is_counted) == (expo, 180, (), True)
    assert (quiet.activity, quiet.is_counted) == (forum, False)


def test_districts_with_few_papers_show_none(house):
    week = plan.campaign()
    for code in ("east", "west", "north"):
        unit(code, kind="district")
    quiz = plan.activity(week, 1, slug="quiz", kind="quiz")
    questions.question(1)
    publish(questions.quiz(quiz), writer=house.writer, seat=1, at=NOON)
    for code, papers in (("east", 40), ("west", 9), ("north", 3)):
        counted("quiz.district-papers", quiz.pk, f"district:{code}", papers)

    found = district_figures(week)

    assert found.values == {"east": 40, "north": None, "west": None}


def test_lights_count_every_task_once(house):
    week = plan.campaign()
    due = NOON.date()
    pairs = [plan.task(week, no, due=due + timedelta(days=ahead)) for no, ahead in enumerate((-1, 1, 5, 5), start=1)]
    assign_all(week, writer=house.writer, seat=1, at=NOON)
    for pair in pairs[1:]:
        sign_for(pair, writer=house.writer, seat=2, at=NOON)
    hand = Hand(house.writer, 2, NOON)
    make_move(pairs[3], "report", hand=hand, given=Given(said=Said("salt", "已办好")))
    make_move(pairs[3], "close", hand=hand)

    assert task_lights(week, due) == Lights(late=1, soon=1, fine=1, done=1)


@pytest.mark.parametrize(("at", "joined"), [(NOON, ["quiz"]), (NOON + timedelta(days=60), [])])
def test_what_can_be_joined_here_is_told_apart_from_what_is_held(house, at, joined):
    week = plan.campaign()
    quiz, expo = plan.activity(week, 1, slug="quiz", kind="quiz"), plan.activity(week, 2, slug="expo")
    questions.question(1)
    publish(questions.quiz(quiz), writer=house.writer, seat=1, at=NOON)

    wall = command(week, at)

    assert [each.activity.slug for each in wall.open_here] == joined
    assert wall.held_today == ([expo] if joined else [])


def test_the_wall_asks_equally_often_whatever_it_shows(house):
    week = plan.campaign()
    plan.activity(week, 1)
    plan.theme_day(week, 1)
    plan.task(week, 1)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            command(week, NOON)
        return len(captured)

    one = asked()
    for no in range(2, 60):
        counted("imported.people", plan.activity(week, no).pk, "", no)
        plan.task(week, no)
    assert asked() == one
