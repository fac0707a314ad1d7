"""Next year: the pages on which a campaign is copied, looked at, shown, or thrown away again."""

from __future__ import annotations

from datetime import date

import pytest

from cyberweek.ledger.queries import head
from cyberweek.plan.models import Campaign
from cyberweek.plan.queries import shown_campaign
from tests.factories import people, plan

HERE = "/console/plan/campaigns/"


@pytest.fixture
def office(house):
    return people.browser(people.staff("office", "organiser"))


def test_a_copy_is_looked_at_and_then_shown(office):
    week = plan.campaign("week-2026", name_zh="2026年某市网安周")
    plan.activity(week, 1)
    plan.deadline(week, 1)

    answer = office.post(f"{HERE}week-2026/copy/", {"starts": "2027-11-22"})

    assert answer["Location"] == f"{HERE}week-2027/"
    assert shown_campaign() == week
    page = office.get(answer["Location"]).content.decode()
    assert [each for each in ("准备中，还没有展示", "第 1 号展", "第 1 份材料") if each not in page] == []
    office.post(f"{HERE}week-2027/show/")
    assert shown_campaign().slug == "week-2027"
    assert "把一个活动周展示给所有人" in office.get("/console/audit/").content.decode()


def test_the_copy_is_proposed_for_the_same_day_of_the_week(office):
    plan.campaign(starts=date(2026, 11, 23))

    assert 'value="2027-11-22"' in office.get(f"{HERE}week/").content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "这个字段是必填项"),
        ({"starts": "soon"}, "输入一个有效的日期"),
        ({"starts": "2027-11-22", "slug": "week"}, "已经有简称为“week”的活动周"),
        ({"starts": "9999-12-31", "slug": "far"}, "这一天太远"),
        ({"starts": "2027-11-22", "slug": "a b"}, "slug"),
    ],
)
def test_a_bad_copy_says_why_and_makes_nothing(office, sent, said):
    plan.campaign()

    answer = office.post(f"{HERE}week/copy/", sent)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Campaign.objects.count() == 1


def test_what_is_shown_is_not_shown_again(office):
    week = plan.campaign()
    before = head().n

    answer = office.post(f"{HERE}week/show/", follow=True)

    assert "已经在展示" in answer.content.decode()
    assert (head().n, Campaign.objects.get().confirmed_at) == (before, week.confirmed_at)


def test_only_what_nobody_saw_is_thrown_away(office):
    plan.campaign()
    plan.activity(plan.campaign("next", confirmed_at=None), 1)

    assert "不能删除" in office.post(f"{HERE}week/throw-away/", follow=True).content.decode()
    assert "已删除" in office.post(f"{HERE}next/throw-away/", follow=True).content.decode()

    assert [each.slug for each in Campaign.objects.all()] == ["week"]


def test_a_week_that_is_not_there_is_not_found(office):
    assert [office.get(f"{HERE}none/").status_code, office.post(f"{HERE}none/copy/").status_code] == [404, 404]


def test_there_may_be_no_week_yet(office):
    assert "还没有活动周" in office.get(HERE).content.decode()
