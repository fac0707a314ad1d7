"""What is done with many tasks at once: each its own fact, undone at once, and nothing done by halves in silence."""

from __future__ import annotations

from datetime import date

import pytest

from cyberweek.ledger.queries import head, stream_rows
from cyberweek.supervision.models import Statement
from cyberweek.supervision.queries import find_line
from cyberweek.supervision.services import assign_all, sign_for
from tests.factories import people, plan
from tests.factories.units import unit


@pytest.fixture
def pairs(house):
    """Three tasks that are handed out: two of the bureau, one of another unit."""
    week = plan.campaign()
    made = [
        plan.task(week, no, unit=unit("bureau" if no < 3 else "elsewhere"), due=date(2026, 11, 27)) for no in (1, 2, 3)
    ]
    assign_all(week, writer=house.writer, seat=1, at=house.at)
    return made


@pytest.fixture
def liaison(pairs):
    return people.browser(people.staff("liaison", "liaison", of=unit("bureau")))


@pytest.fixture
def office(pairs):
    return people.browser(people.staff("office", "organiser"))


def stages(pairs) -> list[str]:
    return [find_line(each.pk, today=date(2026, 11, 24)).state.stage for each in pairs]


def many(browser, act: str, pairs, **form: object) -> str:
    answer = browser.post("/console/tasks/many/", {"act": act, "pair": [each.pk for each in pairs], **form})
    return browser.get(answer["Location"]).content.decode()


def test_ticked_tasks_are_signed_for_together(pairs, liaison):
    page = many(liaison, "sign-for", pairs)

    assert "签收：2 项。" in page
    assert "现在不能这样办" not in page
    assert stages(pairs) == ["signed", "signed", "assigned"]


def test_what_is_undone_is_as_it_was_and_both_acts_stay_in_the_ledger(pairs, office):
    page = many(office, "withdraw", pairs[:2], words="不用办了")
    assert "刚才成批办了 2 项" in page
    assert stages(pairs) == ["dropped", "dropped", "assigned"]

    page = office.get(office.post("/console/tasks/undo/")["Location"]).content.decode()

    assert "已撤回 2 项。" in page
    assert "刚才成批办了" not in page
    assert stages(pairs) == ["assigned", "assigned", "assigned"]
    pairs[0].refresh_from_db()
    kinds = [row.kind for row in stream_rows(pairs[0].assignment.stream)]
    assert kinds == ["task.assigned", "task.withdrawn", "task.act-taken-back"]


def test_what_went_on_since_is_not_undone(house, pairs, office):
    many(office, "urge", pairs[:2])
    sign_for(pairs[0], writer=house.writer, seat=9, at=house.at)

    page = office.get(office.post("/console/tasks/undo/")["Location"]).content.decode()

    assert "已撤回 1 项。" in page
    assert "1 项已有新的进展" in page
    assert stages(pairs[:1]) == ["signed"]


def test_nothing_is_undone_twice(pairs, office):
    many(office, "urge", pairs)
    office.post("/console/tasks/undo/")
    before = head()

    page = office.get(office.post("/console/tasks/undo/")["Location"]).content.decode()

    assert "没有可以撤回的操作。" in page
    assert head() == before


def test_handing_out_everything_is_undone_and_done_again(house, pairs, office):
    more = plan.task(pairs[0].task.campaign, 4)
    assert "已交办 1 项任务" in office.get(office.post("/console/tasks/assign/")["Location"]).content.decode()
    office.post("/console/tasks/undo/")
    assert stages([more]) == ["draft"]

    office.post("/console/tasks/assign/")

    assert stages([more]) == ["assigned"]


def test_what_a_task_does_not_allow_is_left_and_said(house, pairs, office):
    sign_for(pairs[0], writer=house.writer, seat=1, at=house.at)

    page = many(office, "sign-for", pairs)

    assert "签收：2 项。" in page
    assert "1 项现在不能这样办，没有动。" in page


def test_a_day_is_moved_for_many(pairs, office):
    many(office, "due", pairs, due="2026-12-01")

    dues = {find_line(each.pk, today=date(2026, 11, 24)).state.due for each in pairs}
    assert dues == {date(2026, 12, 1)}


@pytest.mark.parametrize(
    ("act", "form", "words"),
    [
        ("due", {}, "还不能提交，缺：日期。"),
        ("withdraw", {}, "还不能提交，缺：一句说明。"),
        ("due", {"due": "soon"}, "日期写成 2026-09-15 这样。"),
        ("", {}, "请选要办的事。"),
        ("report", {}, "请选要办的事。"),
    ],
)
def test_what_is_not_said_whole_is_refused_with_the_reason(pairs, office, act, form, words):
    before = head()

    assert words in many(office, act, pairs, **form)
    assert (head(), Statement.objects.count()) == (before, 0)


def test_nothing_ticked_does_nothing(pairs, office):
    before = head()

    assert "没有勾选任务" in many(office, "urge", [])
    answer = office.post("/console/tasks/many/", {"act": "urge", "pair": ["x", "9" * 40, "-1"]})
    assert "没有勾选任务" in office.get(answer["Location"]).content.decode()

    assert head() == before


@pytest.mark.parametrize("act", ["urge", "withdraw", "due", "close", "assign", "return"])
def test_a_liaison_makes_no_move_of_the_offices(pairs, liaison, act):
    before = head()

    assert "请选要办的事。" in many(liaison, act, pairs, words="好", due="2026-12-01")
    assert head() == before
