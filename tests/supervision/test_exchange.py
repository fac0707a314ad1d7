"""A division of tasks goes out and comes in again; a trial comes before every change, and nothing is taken away."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from cyberweek.ledger.queries import head
from cyberweek.plan.models import PlannedTask, TaskUnit
from cyberweek.supervision.evidence import Said
from cyberweek.supervision.services import Given, Hand, assign_all, make_move
from tests.factories import people, plan
from tests.factories.sheets import HEAD, book
from tests.factories.units import unit


@pytest.fixture
def pair(house):
    unit("education", name_zh="市教委"), unit("youth", name_zh="团市委")
    made = plan.task(plan.campaign(), 1, unit=unit("bureau", name_zh="市公安局"), due=date(2026, 11, 23))
    assign_all(made.task.campaign, writer=house.writer, seat=1, at=house.at)
    return made


@pytest.fixture
def office(pair):
    return people.browser(people.staff("office", "organiser"))


def upload(browser, data: bytes):
    return browser.post("/console/tasks/import/", {"file": SimpleUploadedFile("tasks.xlsx", data)})


def units_of(task: PlannedTask) -> list[tuple[str, str]]:
    return list(task.task_units.order_by("order").values_list("unit__code", "role"))


def test_a_sheet_is_tried_and_then_brought_in(pair, office):
    data = book(
        [
            HEAD,
            [1, "市教委", "办好校园日", "团市委", "2026-11-25"],
            [2, "市教委", "第 1 项任务"],
            [3, "市公安局", "第 1 项任务"],
        ]
    )
    before = head(), TaskUnit.objects.count()

    page = upload(office, data).content.decode()

    assert (head(), TaskUnit.objects.count()) == before
    assert "办好校园日" in page
    answer = office.post("/console/tasks/import/confirm/")
    assert "已加入 3 项，尚未交办。" in office.get(answer["Location"]).content.decode()
    own = PlannedTask.objects.get(text_zh="办好校园日")
    assert (own.no, own.due, units_of(own)) == (1001, date(2026, 11, 25), [("education", "lead"), ("youth", "support")])
    assert units_of(pair.task) == [("bureau", "lead"), ("education", "lead")]


def test_bringing_in_the_same_again_changes_nothing(pair, office):
    data = book([HEAD, [1, "市教委", "办好校园日"]])
    upload(office, data)
    office.post("/console/tasks/import/confirm/")
    before = TaskUnit.objects.count()

    assert "没有要加的。" in upload(office, data).content.decode()
    office.post("/console/tasks/import/confirm/")
    office.post("/console/tasks/import/confirm/")

    assert TaskUnit.objects.count() == before


def test_rows_that_cannot_be_read_are_named_and_the_others_come_in(pair, office):
    data = book(
        [
            HEAD,
            [1, "没有的局", "甲"],
            [2, "市教委", ""],
            [3, "", "乙"],
            [4, "市教委", "丙", "", "活动期间"],
            [5, "市教委", "丁"],
        ]
    )

    page = upload(office, data).content.decode()
    office.post("/console/tasks/import/confirm/")

    for words in (
        "第 2 行：没有叫“没有的局”的单位：请写全称或登记过的简称。", "第 3 行：没有写任务。", "第 4 行：没有写单位。",
        "第 5 行：期限“活动期间”读不懂：请写成 2026-09-15。",
    ):  # fmt: skip
        assert words in page
    assert list(PlannedTask.objects.filter(row=0).values_list("text_zh", flat=True)) == ["丁"]


def test_the_same_unit_in_two_rows_of_a_task_is_one(pair, office):
    upload(
        office,
        book(
            [HEAD, [1, "市教委", "甲"], [2, "市教委、团市委", "甲"], [3, "团市委", "乙", "市教委"], [4, "市教委", "乙"]]
        ),
    )

    office.post("/console/tasks/import/confirm/")

    first, second = PlannedTask.objects.filter(row=0).order_by("no")
    assert units_of(first) == [("education", "lead"), ("youth", "lead")]
    assert units_of(second) == [("youth", "lead"), ("education", "lead")]


@pytest.mark.parametrize(("data", "words"), [(b"no sheet", "这不是 .xlsx 表格"), (b"", "这个文件是空的")])
def test_a_file_that_is_no_sheet_is_refused_with_the_way_out(pair, office, data, words):
    answer = upload(office, data)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_without_a_trial_nothing_is_brought_in(pair, office):
    before = TaskUnit.objects.count()

    answer = office.post("/console/tasks/import/confirm/")

    assert "没有等待导入的表格" in office.get(answer["Location"]).content.decode()
    assert TaskUnit.objects.count() == before


def test_what_goes_out_says_what_the_list_says_and_comes_in_as_the_same(pair, office):
    data = office.get("/console/tasks/export.xlsx").content

    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[1:] == [[1.0, "第 1 项任务", "市公安局", "牵头", "2026-11-23", "其他工作", "已逾期"]]
    assert "没有要加的。" in upload(office, data).content.decode()


def test_a_name_that_looks_like_a_formula_stays_a_text(pair, office):
    plan.task(pair.task.campaign, 2, unit=unit("x", name_zh="=1+1"))

    data = office.get("/console/tasks/export.xlsx?state=draft").content

    (_titles, row) = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert row[2] == "=1+1"


def test_a_draft_of_a_notice_says_how_the_units_do(house, pair, office):
    done = plan.task(pair.task.campaign, 2, unit=unit("education"))
    dropped = plan.task(pair.task.campaign, 3, unit=unit("youth"))
    assign_all(pair.task.campaign, writer=house.writer, seat=1, at=house.at)
    hand, said = Hand(house.writer, 1, house.at), Given(said=Said("salt", "好"))
    for name in ("sign-for", "report", "close"):
        make_move(done, name, hand=hand, given=said)
    make_move(dropped, "withdraw", hand=hand, given=said)

    file = docx.Document(io.BytesIO(office.get("/console/tasks/notice.docx").content))

    text = "\n".join(each.text for each in file.paragraphs)
    assert "关于某市网安周任务办理情况的通报" in text
    assert "2个单位承担任务2项次，已办结1项次，已反馈待复核0项次，尚未签收1项次，逾期1项次。" in text
    assert "市教委承担的任务已全部办结。" in text
    assert "市公安局有任务逾期未办结，共1项次，清单见附件。" in text
    assert [cell.text for cell in file.tables[0].rows[1].cells] == ["1", "市公安局", "第 1 项任务", "2026年11月23日"]
