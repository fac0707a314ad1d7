"""The list of tasks: what it shows, what is done with many, and what is refused without a trace."""

from __future__ import annotations

import re
from datetime import date

import pytest

from cyberweek.ledger.queries import head
from cyberweek.people.models import Holding
from cyberweek.people.services import end_seat
from cyberweek.plan.models import PlannedTask
from cyberweek.supervision.models import SavedView
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


def test_a_board_has_a_column_for_each_stage_and_a_calendar_a_cell_for_each_day(house, pair, office):
    plan.task(pair.task.campaign, 2, unit=unit("elsewhere"))

    board = office.get("/console/tasks/board/").content.decode()
    calendar = office.get("/console/tasks/calendar/?month=2026-11").content.decode()

    assert re.findall(r'id="stage-(\w+)"', board) == ["draft", "assigned", "signed", "reported", "done"]
    assert f'datetime="2026-11-27">27</time><ul><li><a href="/console/tasks/{pair.pk}/">' in calendar
    assert "没有期限的任务" in calendar
    assert office.get("/console/tasks/calendar/?month=nonsense").status_code == 200


def test_a_unit_page_is_the_units_own_and_no_other_unit_is_told_of(pair, liaison, office):
    plan.task(pair.task.campaign, 2, unit=unit("elsewhere"))

    assert "第 1 项任务" in liaison.get("/console/tasks/units/bureau/").content.decode()
    assert liaison.get("/console/tasks/units/elsewhere/").status_code == 404
    assert office.get("/console/tasks/units/elsewhere/").status_code == 200


def test_a_list_is_copied_as_plain_text(pair, office):
    plan.task(pair.task.campaign, 2, unit=unit("elsewhere"))

    body = office.get("/console/tasks/text/?state=draft").content.decode()

    assert body == "1. elsewhere：第 2 项任务（期限未定，草稿）"
    assert body.removeprefix("1. ") in office.get("/console/tasks/").content.decode()


def test_a_task_on_one_sheet_says_everything_that_is_signed_below(pair, office):
    page = office.get(f"/console/tasks/{pair.pk}/sheet/").content.decode()

    for words in ("任务单", "第 1 项任务", "bureau", "交办任务", "领导批示"):
        assert words in page


def test_a_view_is_saved_for_whoever_holds_the_seat(house, pair, office):
    office.post("/console/tasks/views/?state=late&q=第", {"name": "要催的"})
    end_seat(Holding.objects.get(staff__username="office"), at=house.at)
    follower = people.browser(people.staff("follower", "organiser"))
    page = follower.get("/console/tasks/").content.decode()
    assert "?state=late&amp;q=%E7%AC%AC" in page
    assert "要催的" in page

    follower.post(f"/console/tasks/views/{SavedView.objects.get().pk}/remove/")

    assert SavedView.objects.count() == 0


@pytest.mark.parametrize(("name", "words"), [("", "请给这个视图起个名字"), ("长" * 31, "请给这个视图起个名字")])
def test_a_view_without_a_good_name_is_not_saved(pair, office, name, words):
    answer = office.post("/console/tasks/views/?state=late", {"name": name})

    assert words in said(office, answer)
    assert SavedView.objects.count() == 0


def test_a_twenty_first_view_is_refused_and_a_known_name_is_kept_anew(pair, office):
    for no in range(21):
        answer = office.post("/console/tasks/views/?state=late", {"name": f"视图 {no}"})
    assert "最多存 20 个视图" in said(office, answer)
    office.post("/console/tasks/views/?state=due", {"name": "视图 3"})

    assert SavedView.objects.count() == 20
    assert SavedView.objects.get(name="视图 3").query == "state=due"


def test_anothers_view_is_not_removed(pair, office, liaison):
    office.post("/console/tasks/views/?state=late", {"name": "要催的"})

    assert liaison.post(f"/console/tasks/views/{SavedView.objects.get().pk}/remove/").status_code == 403
    assert SavedView.objects.count() == 1


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
