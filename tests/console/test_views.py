"""The console's own pages: today, plan, activities, audit, search."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from cyberweek.plan.folder import folder_of, write_folder
from cyberweek.supervision.services import assign_all
from tests.factories import people, plan, questions
from tests.factories.units import unit

PAGES = ["", "plan/", "plan/uploads/", "tasks/", "activities/", "units/", "audit/", "report/", "search/?q=x"]


@pytest.fixture
def office(house):
    return people.browser(people.staff("office", "organiser"))


def said(browser, path: str) -> str:
    answer = browser.get(f"/console/{path}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_stands_before_there_is_a_campaign(office, path):
    said(office, path)


def test_today_shows_what_is_to_be_handed_out(office):
    plan.task(plan.campaign(), 1)

    assert re.search(r"尚未交办的任务</span></a><span class=\"stat-figure\">1<", said(office, ""))


def test_the_plan_shows_every_part(office):
    week = plan.campaign()
    plan.activity(week, 1)
    plan.theme_day(week, 1)
    plan.task(week, 1)
    plan.deadline(week, 1)

    page = said(office, "plan/")

    assert [each for each in ("第 1 号展", "主题1", "第 1 项任务", "第 1 份材料") if each not in page] == []


def test_the_plans_archive_is_the_campaigns_folder(office):
    week = plan.campaign()
    plan.activity(week, 1)

    archive = zipfile.ZipFile(io.BytesIO(office.get("/console/plan/campaign.zip").content))

    assert {name: archive.read(f"week/{name}") for name in write_folder(folder_of(week))} == write_folder(
        folder_of(week)
    )


@pytest.mark.parametrize("path", ["plan/campaign.zip", "activities/nothing/", "quiz/nothing/", "report/editions/1/"])
def test_what_is_not_there_is_not_found(office, path):
    assert office.get(f"/console/{path}").status_code == 404


def test_activities_say_what_people_see_of_them(office):
    week = plan.campaign()
    plan.activity(week, 1)
    questions.question(1)
    questions.quiz(plan.activity(week, 2, slug="quiz", kind="quiz"))
    assert "未发布" in said(office, "activities/")

    office.post("/console/quiz/quiz/publish/")
    assert "第 1 版公开中" in said(office, "activities/")

    office.post("/console/quiz/quiz/withdraw/", {"reason": "改期"})
    assert "已撤下" in said(office, "activities/")


def test_the_audit_shows_acts_page_by_page_newest_first(house, office):
    week = plan.campaign()
    for no in range(1, 52):
        plan.task(week, no)
    assign_all(week, writer=house.writer, seat=1, at=house.at)

    first = said(office, "audit/")
    more = re.search(r'href="\?before=(\d+)"', first).group(1)
    second = said(office, f"audit/?before={more}")

    def rows(page: str) -> list[int]:
        return [int(each) for each in re.findall(r"<tr><td>(\d+)</td>", page)]

    assert rows(first) == list(range(51, 1, -1))
    assert rows(second) == [1]
    assert 'href="?before=' not in second
    assert rows(said(office, "audit/?before=x")) == rows(first)


def test_searching_finds_activities_tasks_and_units_by_their_words(office):
    week = plan.campaign()
    plan.activity(week, 1, name_zh="体验展")
    plan.task(week, 1)

    assert "体验展" in said(office, "search/?q=体验")
    assert "第 1 项任务" in said(office, "search/?q=项任务")
    assert "unit-1" in said(office, "search/?q=unit-1")
    assert said(office, "search/?q=没有这样的词").count("没有找到。") == 3


def test_a_lead_unit_sees_the_activities_it_has_a_part_in_and_edits_none(house):
    week = plan.campaign()
    plan.activity(week, 1, slug="quiz", kind="quiz")
    plan.activity(week, 2)
    lead = people.browser(people.staff("lead", "lead", of=unit("host-1")))

    lists, page = said(lead, "activities/"), said(lead, "activities/quiz/")

    assert re.findall(r'href="/console/activities/([\w-]+)/"', lists) == ["quiz"]
    assert ("/console/quiz/" in lists, "/console/quiz/" in page) == (False, False)
    assert lead.get("/console/activities/activity-2/").status_code == 404


def test_a_lead_unit_without_an_activity_is_told_so(house):
    plan.activity(plan.campaign(), 1)
    lead = people.browser(people.staff("lead", "lead", of=unit("elsewhere")))

    assert "没有您的单位承担的活动" in said(lead, "activities/")
