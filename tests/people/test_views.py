"""Pages about staff: what the administrator may do, and what nobody may."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import authenticate

from cyberweek.people.models import Holding, Seat, Staff
from tests.factories import people
from tests.factories.units import unit


@pytest.fixture
def system(house):
    """The administrator's browser."""
    unit("bureau", name_zh="示例局")
    return people.browser(people.staff("system", "system"))


@pytest.fixture
def somebody(house) -> Staff:
    return people.staff("somebody", "liaison")


def roles(staff: Staff) -> list[str]:
    return sorted(Holding.objects.filter(staff=staff, until=None).values_list("seat__role", flat=True))


def said(browser, answer) -> str:
    return browser.get(answer["Location"]).content.decode()


def test_added_staff_can_sign_in_with_the_password_that_is_shown_once(system):
    answer = system.post("/console/staff/", {"username": "newcomer", "name": "小李"})

    added = Staff.objects.get(username="newcomer")
    password = re.search(r"请当面交给本人）：([\w-]+)", said(system, answer)).group(1)
    assert answer["Location"] == f"/console/staff/{added.pk}/"
    assert authenticate(username="newcomer", password=password) == added
    assert password not in system.get(answer["Location"]).content.decode()
    assert roles(added) == []


@pytest.mark.parametrize(
    ("username", "words"), [("somebody", "这个登录名已有人使用"), ("", "请填写登录名"), ("a b", "登录名只能用文字")]
)
def test_a_name_that_cannot_be_used_adds_nobody(system, somebody, username, words):
    answer = system.post("/console/staff/", {"username": username})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert Staff.objects.count() == 2


def test_a_seat_is_given_and_ended(system, somebody):
    system.post(f"/console/staff/{somebody.pk}/seats/", {"role": "organiser", "unit": "bureau"})
    assert roles(somebody) == ["liaison", "organiser"]

    given = Holding.objects.get(staff=somebody, seat__role="organiser")
    answer = system.post(f"/console/staff/{somebody.pk}/seats/{given.pk}/end/")

    assert "岗位已结束" in said(system, answer)
    assert roles(somebody) == ["liaison"]


def test_a_seat_whose_holder_left_is_given_again(system, somebody):
    other = people.staff("other")
    left = Holding.objects.get(staff=somebody)
    system.post(f"/console/staff/{somebody.pk}/seats/{left.pk}/end/")

    system.post(f"/console/staff/{other.pk}/seats/", {"role": "liaison", "unit": "office"})

    assert Holding.objects.get(staff=other).seat == left.seat
    assert Seat.objects.filter(role="liaison").count() == 1


@pytest.mark.parametrize(
    ("role", "where", "words"),
    [
        ("liaison", "office", "这个人在该单位已有同样的岗位"),
        ("", "office", "必填"),
        ("emperor", "office", "请选一种职责"),
        ("liaison", "", "请选一个单位"),
        ("liaison", "nowhere", "请从列表里选一个单位"),
    ],
)
def test_a_seat_that_cannot_be_given_is_refused_with_the_reason(system, somebody, role, where, words):
    answer = system.post(f"/console/staff/{somebody.pk}/seats/", {"role": role, "unit": where})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert roles(somebody) == ["liaison"]


def test_nobody_gives_a_seat_to_themselves_or_holds_two_that_check_each_other(system, house):
    own, auditor = Staff.objects.get(username="system"), people.staff("auditor", "audit")

    answers = [
        system.post(f"/console/staff/{own.pk}/seats/", {"role": "organiser", "unit": "bureau"}),
        system.post(f"/console/staff/{auditor.pk}/seats/", {"role": "system", "unit": "bureau"}),
    ]

    assert [each.status_code for each in answers] == [422, 422]
    assert "不能给自己安排岗位" in answers[0].content.decode()
    assert "须由不同的人担任" in answers[1].content.decode()
    assert (roles(own), roles(auditor)) == (["system"], ["audit"])


def test_the_last_administrator_stays(system):
    own = Holding.objects.get(staff__username="system")

    for act in (f"seats/{own.pk}/end", "close"):
        answer = system.post(f"/console/staff/{own.staff_id}/{act}/")
        assert "这是最后一位系统管理员" in said(system, answer)

    assert roles(own.staff) == ["system"]
    assert Staff.objects.get(pk=own.staff_id).is_active


def test_a_closed_account_has_no_seat_and_does_not_sign_in(system, somebody):
    system.post(f"/console/staff/{somebody.pk}/close/")

    assert roles(somebody) == []
    assert authenticate(username="somebody", password="cyberweek-test") is None


def test_a_new_password_ends_the_sessions_of_the_old_one(system, somebody):
    browser = people.browser(somebody)

    answer = system.post(f"/console/staff/{somebody.pk}/password/")

    password = re.search(r"请当面交给本人）：([\w-]+)", said(system, answer)).group(1)
    assert authenticate(username="somebody", password=password) == somebody
    assert browser.get("/console/").status_code == 302


def test_a_holding_of_somebody_else_is_not_found(system, somebody):
    other = Holding.objects.get(staff=people.staff("other", "audit"))

    assert system.post(f"/console/staff/{somebody.pk}/seats/{other.pk}/end/").status_code == 404
    assert roles(other.staff) == ["audit"]


def test_staff_are_found_by_name(system, somebody):
    page = system.get("/console/staff/?q=some").content.decode()

    assert re.findall(r'href="/console/staff/\d+/">(\w+)<', page) == ["somebody"]
    assert "没有找到这样的人" in system.get("/console/staff/?q=nobody-like-this").content.decode()
