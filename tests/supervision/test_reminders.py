"""Who is reminded when: by the table, up the ladder, each step once, whatever the clock does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberweek.kernel.clock import to_ms
from cyberweek.supervision.reminders import reminders
from cyberweek.supervision.rules import STAGES, TaskState

DUE = date(2026, 11, 27)
HANDED = to_ms(datetime(2026, 11, 20, 2, tzinfo=UTC))


def said(state: TaskState, days: int) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(each.about, each.step.days, each.step.to) for each in reminders(state, DUE + timedelta(days=days))]


@pytest.mark.parametrize(
    ("days", "step", "to"),
    [
        (-2, -2, ("liaison",)),
        (-1, -2, ("liaison",)),
        (0, 0, ("liaison",)),
        (1, 1, ("liaison", "lead")),
        (2, 1, ("liaison", "lead")),
        (3, 3, ("liaison", "lead", "organiser")),
        (400, 3, ("liaison", "lead", "organiser")),
    ],
)
def test_the_ladder_is_climbed_with_the_days(days, step, to):
    assert said(TaskState("signed", DUE), days) == [("due", step, to)]


@pytest.mark.parametrize(("days", "expected"), [(0, []), (1, [1]), (2, [2]), (3, [2]), (4, [4])])
def test_what_nobody_signs_for_is_said_too(days, expected):
    state = TaskState("assigned", assigned_at=HANDED)

    found = reminders(state, date(2026, 11, 20) + timedelta(days=days))

    assert [(each.about, each.step.days) for each in found] == [("unsigned", step) for step in expected]


@pytest.mark.parametrize("stage", ["draft", "reported", "done", "dropped"])
def test_who_has_reported_is_left_in_peace(stage):
    assert said(TaskState(stage, DUE), 9) == []


def test_another_due_day_begins_the_ladder_again():
    (first,) = reminders(TaskState("signed", DUE), DUE)
    (second,) = reminders(TaskState("signed", DUE + timedelta(days=4)), DUE + timedelta(days=4))

    assert (first.reason, second.reason) == ("due:2026-11-27:0", "due:2026-12-01:0")


@given(st.sampled_from(STAGES), st.lists(st.integers(-30, 60), min_size=1, max_size=30))
def test_however_the_days_jump_a_task_has_no_more_reasons_than_steps(stage, days):
    state = TaskState(stage, DUE, assigned_at=HANDED)

    found = [reminders(state, DUE + timedelta(days=day)) for day in days]

    assert max(len(each) for each in found) <= 2
    assert len({each.reason for today in found for each in today}) <= 7
