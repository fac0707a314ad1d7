"""The list of tasks: what it shows, what is done with many, and what is refused without a trace."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from cyberweek.ledger.queries import head
from cyberweek.plan.models import PlannedTask
from cyberweek.supervision.queries import find_line
from cyberweek.supervision.services import assign_all
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


def said(browser, answer) -> str:
    return browser.get(answer["Location"]).content.decode()


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


def test_the_office_sets_a_task_of_its_own_and_hands_it_out(pair, office):
    form = {"text": "检查应急准备", "lead": [unit("bureau").pk], "support": [unit("b").pk, unit("bureau").pk],
            "due": "2026-11-26", "kind": "check"}  # fmt: skip

    answer = office.post("/console/tasks/new/", form)

    assert "已立项并交办给 2 个单位" in said(office, answer)
    task = PlannedTask.objects.get(row=0)
    assert (task.no, task.text_zh, task.due) == (1001, "检查应急准备", date(2026, 11, 26))
    lines = [find_line(each.pk, today=date(2026, 11, 24)) for each in task.task_units.order_by("order")]
    assert [(line.pair.unit.code, line.is_lead, line.state.stage, line.kind.name) for line in lines] == [
        ("bureau", True, "assigned", "check"),
        ("b", False, "assigned", "check"),
    ]


def test_a_task_without_words_or_a_leader_is_refused_with_the_reason(pair, office):
    before = head()

    answer = office.post("/console/tasks/new/", {"text": "", "due": "soon"})

    assert answer.status_code == 422
    for words in ("请写明要做什么。", "请至少选一个牵头单位。", "日期写成 2026-09-15 这样。"):
        assert words in answer.content.decode()
    assert PlannedTask.objects.filter(row=0).count() == 0
    assert head() == before


def test_a_second_task_of_the_office_has_the_next_number(pair, office):
    for text in ("第一件", "第二件"):
        office.post("/console/tasks/new/", {"text": text, "lead": [unit("bureau").pk]})

    assert list(PlannedTask.objects.filter(row=0).values_list("no", "text_zh")) == [(1001, "第一件"), (1002, "第二件")]
