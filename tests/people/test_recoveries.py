"""A lost second factor comes back by the password, two people and a link, and never by fewer."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from cyberweek.kernel.clock import system_clock
from cyberweek.ledger.queries import official_acts
from cyberweek.people import recoveries
from cyberweek.people.models import Approval, OneTimeLink, Recovery, Staff
from tests.factories import people
from tests.factories.units import unit

PASSWORD = "cyberweek-test"  # as the factory gives it


@pytest.fixture
def loser(house) -> Staff:
    return people.staff("loser", "liaison", of=unit("bureau"))


@pytest.fixture
def system(house) -> Client:
    return people.browser(people.staff("system", "system"))


@pytest.fixture
def security(house) -> Client:
    return people.browser(people.staff("security", "security"))


def at_the_second_factor(staff: Staff) -> Client:
    """A browser in which the password was accepted, and the second factor is asked for."""
    browser = people.browser()
    browser.post("/accounts/login/", {"login": staff.username, "password": PASSWORD})
    return browser


@pytest.fixture
def asked(loser) -> Recovery:
    at_the_second_factor(loser).post("/accounts/lost/")
    return Recovery.objects.get()


def acts() -> list[tuple[str, int]]:
    return [(row.kind, -row.actor) for row in reversed(official_acts(before=None, limit=50))]


def everything() -> list[object]:
    rows = [
        list(each.objects.order_by("pk").values_list()) for each in (Recovery, Approval, OneTimeLink, Authenticator)
    ]
    return [*rows, acts()]


def said(browser, answer) -> str:
    return browser.get(answer["Location"]).content.decode()


def approve(browser, recovery: Recovery):
    return browser.post(f"/console/recoveries/{recovery.pk}/approve/")


def link_in(answer) -> str:
    return re.search(r"http://localhost(/accounts/back/[\w-]+/)", answer.content.decode()).group(1)


@pytest.fixture
def link(asked, system, security) -> str:
    approve(system, asked)
    return link_in(approve(security, asked))


def test_the_page_of_the_second_factor_shows_the_way(loser):
    page = at_the_second_factor(loser).get("/accounts/2fa/authenticate/").content.decode()

    assert '<a href="/accounts/lost/">手机丢了，也没有备用码</a>' in page


def test_nobody_asks_without_the_password(loser):
    for browser in (people.browser(), people.browser(loser)):
        assert browser.post("/accounts/lost/").status_code == 302

    assert (Recovery.objects.count(), acts()) == (0, [])


def test_asking_again_is_the_same_request(loser, asked):
    page = at_the_second_factor(loser).post("/accounts/lost/").content.decode()

    assert f"第 {asked.pk} 号" in page
    assert acts() == [("recovery.asked", loser.holdings.get().seat_id)]


def test_whoever_has_no_seat_has_nothing_to_come_back_to(house):
    answer = at_the_second_factor(people.staff("nobody")).post("/accounts/lost/")

    assert answer.status_code == 422
    assert (Recovery.objects.count(), acts()) == (0, [])


def test_one_is_not_enough(asked, system):
    answer = approve(system, asked)

    assert "还要另一个人也同意" in said(system, answer)
    assert (OneTimeLink.objects.count(), Authenticator.objects.count()) == (0, 2)


def test_the_same_person_twice_is_one(asked, system):
    approve(system, asked)
    before = everything()

    answer = approve(system, asked)

    assert "您已经同意过了" in said(system, answer)
    assert everything() == before


def test_nobody_lets_themselves_back_in(system, house):
    own = Staff.objects.get(username="system")
    asked = recoveries.ask(own, writer=house.writer, at=system_clock())
    before = everything()

    answers = [approve(system, asked), system.post(f"/console/recoveries/{asked.pk}/refuse/")]

    assert said(system, answers[-1]).count("不能替自己找回") == 2
    assert everything() == before


def test_two_people_make_the_link_that_is_shown_once_and_every_act_is_recorded(asked, system, security, loser):
    approve(system, asked)
    shown = approve(security, asked)
    seats = {name: Staff.objects.get(username=name).holdings.get().seat_id for name in ("loser", "system", "security")}

    assert people.browser().get(link_in(shown)).status_code == 200
    assert "/accounts/back/" not in system.get("/console/recoveries/").content.decode()
    assert Authenticator.objects.filter(user=loser).count() == 1
    assert acts() == [
        ("recovery.asked", seats["loser"]),
        ("recovery.approved", seats["system"]),
        ("recovery.approved", seats["security"]),
    ]


def test_the_link_and_the_password_end_every_session_and_ask_for_a_new_factor(link, loser):
    elsewhere, browser = people.browser(loser), people.browser()

    answer = browser.post(link, {"password": PASSWORD})

    assert answer["Location"] == "/console/"
    assert browser.get("/console/")["Location"] == "/accounts/2fa/totp/activate/"
    assert elsewhere.get("/console/")["Location"].startswith("/accounts/login/")
    assert Authenticator.objects.filter(user=loser).count() == 0
    assert acts()[-1] == ("recovery.used", loser.holdings.get().seat_id)


def test_the_link_without_the_password_opens_nothing(link, loser):
    before = everything()

    answer = people.browser().post(link, {"password": "somebody-else-guesses"})

    assert answer.status_code == 422
    assert "密码不对" in answer.content.decode()
    assert everything() == before


def test_whoever_guesses_the_password_at_the_link_is_stopped(link, loser):
    answers = [people.browser().post(link, {"password": f"guess-number-{no}"}) for no in range(6)]
    before = everything()

    late = people.browser().post(link, {"password": PASSWORD})

    assert re.findall(r'field-error" [^>]*>([^<]+)<', answers[-1].content.decode()) == [
        "登录失败次数过多，请稍后重试。"
    ]
    assert late.status_code == 422
    assert everything() == before


def test_the_link_works_once(link):
    people.browser().post(link, {"password": PASSWORD})

    again = people.browser().post(link, {"password": PASSWORD})

    assert again.status_code == 410
    assert "已经用过" in again.content.decode()


def test_a_refusal_is_final(asked, system, security):
    system.post(f"/console/recoveries/{asked.pk}/refuse/")
    before = everything()

    answer = approve(security, asked)

    assert "没有再改动" in said(security, answer)
    assert everything() == before
    assert acts()[-1] == ("recovery.refused", Staff.objects.get(username="system").holdings.get().seat_id)


def test_a_request_that_nobody_decided_in_three_days_is_over_and_may_be_asked_again(loser, system, house):
    old = recoveries.ask(loser, writer=house.writer, at=system_clock() - timedelta(days=3))

    answer = approve(system, old)
    new = recoveries.ask(loser, writer=house.writer, at=system_clock())

    assert "过了三天没有办" in said(system, answer)
    assert new.pk != old.pk
    assert "过了三天" in system.get("/console/recoveries/").content.decode()


def test_an_organiser_may_be_one_of_the_two_and_a_liaison_may_not(asked, system, house):
    approve(people.browser(people.staff("office", "organiser")), asked)
    stranger = people.browser(people.staff("stranger", "liaison"))

    assert approve(stranger, asked).status_code == 403
    assert approve(system, asked).status_code == 200


def test_today_says_that_somebody_waits(asked, system, house):
    from tests.factories import plan

    plan.campaign()
    auditor = people.browser(people.staff("auditor", "audit"))

    assert "等待找回第二重验证" in system.get("/console/").content.decode()
    assert "等待找回第二重验证" not in auditor.get("/console/").content.decode()
