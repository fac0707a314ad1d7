"""Pages about tasks: what each button records, and what is refused without a trace."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from cyberweek.ledger.queries import head, stream_rows
from cyberweek.supervision.queries import find_line
from cyberweek.supervision.services import assign_all, sign_for
from tests.factories import people, plan
from tests.factories.units import unit


@pytest.fixture
def pair(house):
    """A task of the bureau that is handed out."""
    made = plan.task(plan.campaign(), 1, unit=unit("bureau"), due=date(2026, 11, 27))
    assign_all(made.task.campaign, writer=house.writer, seat=1, at=house.at)
    return made


@pytest.fixture
def liaison(pair):
    return people.browser(people.staff("liaison", "liaison", of=unit("bureau")))


@pytest.fixture
def office(pair):
    return people.browser(people.staff("office", "organiser"))


def stage(pair) -> str:
    return find_line(pair.pk, today=date(2026, 11, 24)).state.stage


def kinds(pair) -> list[str]:
    return [row.kind for row in stream_rows(pair.assignment.stream)]


def said(browser, answer) -> str:
    return browser.get(answer["Location"]).content.decode()


def test_a_task_goes_from_signed_for_over_done_to_reopened(pair, liaison, office):
    for browser, act in ((liaison, "sign-for"), (liaison, "close"), (office, "reopen")):
        answer = browser.post(f"/console/tasks/{pair.pk}/{act}/")
        assert answer["Location"] == f"/console/tasks/{pair.pk}/"

    pair.refresh_from_db()
    assert kinds(pair) == ["task.assigned", "task.signed-for", "task.closed", "task.reopened"]
    assert stage(pair) == "signed"


def test_a_due_day_is_moved_and_shown(pair, office):
    answer = office.post(f"/console/tasks/{pair.pk}/due/", {"due": "2026-12-01"})

    assert "12月1日" in said(office, answer)
    assert find_line(pair.pk, today=date(2026, 11, 24)).state.due == date(2026, 12, 1)


@pytest.mark.parametrize(("due", "words"), [("", "请选一个日期"), ("soon", "日期写成 2026-09-15 这样")])
def test_a_day_that_is_none_is_refused_with_the_reason(pair, office, due, words):
    before = head()

    answer = office.post(f"/console/tasks/{pair.pk}/due/", {"due": due})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert head() == before


@pytest.mark.parametrize("act", ["close", "reopen"])
def test_what_a_stage_does_not_allow_is_refused_in_words(pair, office, act):
    before = head()

    answer = office.post(f"/console/tasks/{pair.pk}/{act}/")

    assert "现在不能这样办：这项任务待签收。" in said(office, answer)
    assert head() == before


def test_whoever_saw_an_older_state_is_told_so(house, pair, liaison):
    sign_for(pair, writer=house.writer, seat=1, at=house.at)
    before = head()

    answer = liaison.post(f"/console/tasks/{pair.pk}/close/", {"seen": "1"})

    assert "刚才有人先办了这项任务" in said(liaison, answer)
    assert head() == before


def test_ticked_tasks_are_signed_for_together(house, pair, liaison):
    second = plan.task(pair.task.campaign, 2, unit=unit("bureau"))
    other = plan.task(pair.task.campaign, 3, unit=unit("elsewhere"))
    assign_all(pair.task.campaign, writer=house.writer, seat=1, at=house.at)

    answer = liaison.post("/console/tasks/sign-for/", {"pair": [pair.pk, second.pk]})

    assert "已签收 2 项任务" in said(liaison, answer)
    assert [stage(each) for each in (pair, second, other)] == ["signed", "signed", "assigned"]


@pytest.mark.parametrize("ticked", [[], [999_999]])
def test_ticking_nothing_of_ones_own_signs_for_nothing(pair, liaison, ticked):
    before = head()

    answer = liaison.post("/console/tasks/sign-for/", {"pair": ticked})

    assert "请先勾选仍待签收的任务" in said(liaison, answer)
    assert head() == before


def test_handing_out_again_hands_out_only_what_is_new(pair, office):
    plan.task(pair.task.campaign, 2)

    assert "已交办 1 项任务" in said(office, office.post("/console/tasks/assign/"))
    assert "已交办 0 项任务" in said(office, office.post("/console/tasks/assign/"))


def test_a_list_is_narrowed_by_word_state_and_unit(pair, office):
    plan.task(pair.task.campaign, 2, unit=unit("elsewhere"))

    def lines(query: str) -> list[str]:
        page = office.get(f"/console/tasks/?{query}").content.decode()
        return [text for text in ("第 1 项任务", "第 2 项任务") if text in page]

    assert lines("") == ["第 1 项任务", "第 2 项任务"]
    assert lines("state=draft") == ["第 2 项任务"]
    assert lines("unit=bureau") == ["第 1 项任务"]
    assert lines("q=第 2 项") == ["第 2 项任务"]
    assert lines("state=nonsense&sort=nonsense&unit=nobody") == ["第 1 项任务", "第 2 项任务"]


def test_the_sheet_says_what_the_list_says_and_runs_no_formula(house, office):
    plan.task(plan.campaign("later", confirmed_at=house.at), 1, unit=unit("x", name_zh="=1+1"))

    body = office.get("/console/tasks/export.csv").content.decode("utf-8-sig")

    assert list(csv.reader(io.StringIO(body)))[1:] == [["1", "第 1 项任务", "'=1+1", "", "草稿"]]
