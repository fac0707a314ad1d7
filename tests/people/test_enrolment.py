"""Seventy people get their seats from a list and one-time links; a seat changes hands in mid-week."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth import authenticate
from django.core.files.uploadedfile import SimpleUploadedFile

from cyberweek.ledger.queries import official_acts
from cyberweek.people.models import Holding, OneTimeLink, Roster, Seat, Staff
from cyberweek.people.services import close_account, give_seat
from tests.factories import people, plan
from tests.factories.units import unit
from tests.factories.workbooks import workbook

SEVENTY = [["单位", "登录名", "称呼"], *(["示例局", f"person-{no}", f"第{no}人"] for no in range(1, 71))]
PASSWORD = "a-password-of-ones-own"


@pytest.fixture
def system(house):
    unit("bureau", name_zh="示例局")
    return people.browser(people.staff("system", "system"))


def send(browser, rows: list[list[str]], name: str = "seats.xlsx"):
    return browser.post("/console/seats/list/", {"file": SimpleUploadedFile(name, workbook(rows))})


def kinds() -> list[str]:
    return [row.kind for row in reversed(official_acts(before=None, limit=200))]


def everything() -> tuple[object, ...]:
    rows = (Staff, Seat, Holding, OneTimeLink, Roster)
    return [list(each.objects.order_by("pk").values_list()) for each in rows], kinds()


def said(browser, answer) -> str:
    return browser.get(answer["Location"]).content.decode()


def links_of(page: str) -> list[str]:
    return re.findall(r"http://localhost(/accounts/first/[\w-]+/)", page)


def test_a_list_changes_nobody_before_it_is_confirmed(system):
    page = said(system, send(system, SEVENTY))

    assert re.findall(r'stat-figure">(\d+)<', page) == ["70", "0", "0", "0"]
    assert (Staff.objects.count(), Seat.objects.count(), kinds()) == (1, 1, [])


def test_seventy_get_their_seats_at_once_and_the_list_is_forgotten(system):
    address = send(system, SEVENTY)["Location"]

    answer = system.post(f"{address}confirm/")

    assert "安排了 70 个岗位，新增 70 人" in said(system, answer)
    assert Holding.objects.filter(until=None, seat__unit__code="bureau", seat__role="liaison").count() == 70
    assert sorted(Seat.objects.filter(role="liaison").values_list("number", flat=True)) == list(range(1, 71))
    assert kinds() == ["staff.added", *["seat.given"] * 70]
    assert Roster.objects.count() == 0


def test_a_list_that_comes_again_gives_nothing_twice(system):
    system.post(f"{send(system, SEVENTY[:4])['Location']}confirm/")
    before = kinds()
    again = send(system, SEVENTY[:4])["Location"]

    answer = system.post(f"{again}confirm/")

    assert "什么也没有改动" in said(system, answer)
    assert (Staff.objects.count(), kinds()) == (4, before)


def test_a_list_that_seats_whoever_confirms_it_is_refused_whole(system):
    address = send(system, [["单位", "登录名"], ["示例局", "one"], ["示例局", "system"]])["Location"]
    before = everything()

    answer = system.post(f"{address}confirm/")

    assert "名单里有您自己" in said(system, answer)
    assert everything() == before


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "文件是空的"),
        (b"<script>alert(1)</script>", "这不是 Excel 的 .xlsx 文件"),
        (workbook([["甲"], ["乙"]]), "没有找到这些列：单位、登录名"),
        (workbook([["单位", "登录名"], *[["示例局", f"p{no}"] for no in range(2_001)]]), "超过 2000 行"),
    ],
)
def test_a_file_that_is_no_list_is_refused_with_the_way_out(system, data, words):
    before = everything()

    answer = system.post("/console/seats/list/", {"file": SimpleUploadedFile("x.xlsx", data)})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert everything() == before


def test_a_discarded_list_leaves_nothing(system):
    address = send(system, SEVENTY)["Location"]

    system.post(f"{address}discard/")

    assert (Roster.objects.count(), Staff.objects.count()) == (0, 1)
    assert system.get(address).status_code == 404


def test_links_are_shown_once_for_those_who_were_ticked(system):
    system.post(f"{send(system, SEVENTY[:4])['Location']}confirm/")
    ticked = Staff.objects.filter(username__in=["person-1", "person-2"]).values_list("pk", flat=True)

    page = system.post("/console/seats/links/", {"staff": ticked})

    assert len(links_of(page.content.decode())) == 2
    assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert links_of(system.get("/console/seats/links/").content.decode()) == []
    assert kinds()[-1] == "staff.linked"


def test_nobody_ticked_makes_no_link(system):
    before = everything()

    answer = system.post("/console/seats/links/", {"staff": ["nobody"]})

    assert "请先勾选至少一个人" in said(system, answer)
    assert everything() == before


@pytest.fixture
def link(system) -> str:
    """The link of somebody new."""
    system.post(f"{send(system, SEVENTY[:2])['Location']}confirm/")
    page = system.post("/console/seats/links/", {"staff": [Staff.objects.get(username="person-1").pk]})
    return links_of(page.content.decode())[0]


def test_a_first_sign_in_sets_the_password_and_asks_for_the_second_factor(link):
    browser = people.browser()
    assert "person-1" in browser.get(link).content.decode()

    answer = browser.post(link, {"password": PASSWORD, "again": PASSWORD})
    browser.post(answer["Location"], {"login": "person-1", "password": PASSWORD})

    assert answer["Location"] == "/accounts/login/"
    assert browser.get("/console/")["Location"] == "/accounts/2fa/totp/activate/"
    asked_again = browser.get("/accounts/2fa/totp/activate/")["Location"]
    browser.post(asked_again, {"password": PASSWORD})
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200


def test_a_link_that_was_used_says_so(link):
    people.browser().post(link, {"password": PASSWORD, "again": PASSWORD})

    again = people.browser().post(link, {"password": "another-password-now", "again": "another-password-now"})

    assert again.status_code == 410
    assert "已经用过" in again.content.decode()
    assert authenticate(username="person-1", password=PASSWORD) is not None


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"password": PASSWORD, "again": "something-else"}, "两次输入的不一样"),
        ({"password": "short", "again": "short"}, "密码"),
        ({"password": "", "again": ""}, "请填写密码"),
        ({"password": "qwerty123456", "again": "qwerty123456"}, "密码"),
    ],
)
def test_a_password_that_cannot_be_used_leaves_the_link_good(link, form, words):
    answer = people.browser().post(link, form)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert OneTimeLink.objects.filter(used_at=None).count() == 1
    assert not Staff.objects.get(username="person-1").has_usable_password()


def test_a_link_that_nobody_gave_opens_nothing(house):
    answer = people.browser().get("/accounts/first/made-up/")

    assert answer.status_code == 410
    assert (
        answer["Referrer-Policy"] == "same-origin"
    )  # without an origin of its own the browser's form would be refused


@pytest.fixture
def liaison(system) -> Staff:
    return people.staff("leaving", "liaison", of=unit("bureau"))


def test_a_seat_changes_hands_with_its_work_and_the_former_holder_is_out_at_once(system, liaison, house):
    from cyberweek.supervision.services import assign_all

    task = plan.task(plan.campaign(), 1, unit=unit("bureau"))
    assign_all(task.task.campaign, writer=house.writer, seat=1, at=house.at)
    seat, browser = Seat.objects.get(role="liaison"), people.browser(liaison)
    assert browser.post(f"/console/tasks/{task.pk}/sign-for/", {"seen": 1}).status_code == 302
    coming = people.staff("coming")

    answer = system.post(f"/console/seats/{seat.pk}/hand-over/", {"username": "coming"})

    assert "岗位已移交" in said(system, answer)
    assert browser.get("/console/")["Location"].startswith("/accounts/login/")
    asked = {"seen": 2, "due": "2026-12-03", "words": "场地未定"}
    assert people.browser(coming).post(f"/console/tasks/{task.pk}/ask-extension/", asked).status_code == 302
    assert [(row.kind, -row.actor) for row in reversed(official_acts(before=None, limit=3))] == [
        ("task.signed-for", seat.pk), ("seat.handed-over", Seat.objects.get(role="system").pk), ("task.extension-asked", seat.pk),
    ]  # fmt: skip
    page = system.get(f"/console/seats/{seat.pk}/").content.decode()
    assert re.findall(r'<th scope="row">(\w+)</th>', page) == ["coming", "leaving"]


def test_a_seat_goes_to_somebody_new_who_then_needs_a_link(system, liaison):
    seat = Seat.objects.get(role="liaison")

    answer = system.post(f"/console/seats/{seat.pk}/hand-over/", {"username": "newcomer", "name": "小王"})

    assert "给一个一次性链接" in said(system, answer)
    assert 'for="staff-' in system.get("/console/seats/links/").content.decode()
    assert kinds() == ["staff.added", "seat.handed-over"]


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("leaving", "已有同样的岗位"),
        ("system", "不能给自己安排岗位"),
        ("gone", "这个账号已停用"),
        ("", "请填写登录名"),
        ("a b", "登录名只能用文字"),
    ],
)
def test_a_seat_that_cannot_be_handed_over_stays(system, liaison, house, to, words):
    close_account(people.staff("gone"), at=house.at)
    seat, before = Seat.objects.get(role="liaison"), everything()

    answer = system.post(f"/console/seats/{seat.pk}/hand-over/", {"username": to})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert everything() == before


def test_administrators_are_kept_apart_when_a_seat_changes_hands(system, house):
    seat = give_seat(people.staff("guard"), unit=unit("office"), role="security", at=house.at).seat
    people.staff("auditor", "audit")
    before = everything()

    answer = system.post(f"/console/seats/{seat.pk}/hand-over/", {"username": "auditor"})

    assert "须由不同的人担任" in answer.content.decode()
    assert everything() == before


def test_the_last_administrators_seat_does_not_go_to_somebody_who_cannot_come_in(system):
    seat, before = Seat.objects.get(role="system"), everything()

    answer = system.post(f"/console/seats/{seat.pk}/hand-over/", {"username": "newcomer"})

    assert "只能移交给已经登录过的人" in answer.content.decode()
    assert everything() == before
