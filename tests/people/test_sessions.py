"""A session ends when nobody uses it and when it is old; people see and end their own; who watches sees every sign-in."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.contrib.sessions.models import Session
from django.test import Client, override_settings

from cyberweek.kernel.clock import system_clock
from cyberweek.ledger.queries import official_acts
from cyberweek.people import sessions
from cyberweek.people.models import SignIn, Staff
from tests.factories import people
from tests.factories.units import unit

PASSWORD = "cyberweek-test"  # as the factory gives it


def come_in(username: str, password: str = PASSWORD, address: str = "192.0.2.1") -> Client:
    """Sign in as people do, without a second factor to ask for."""
    browser = Client(SERVER_NAME="localhost", REMOTE_ADDR=address, headers={"user-agent": "示例浏览器"})
    browser.post("/accounts/login/", {"login": username, "password": password})
    return browser


def secure(staff: Staff) -> None:
    """Give somebody a second factor who has come in without one."""
    totp.TOTP.activate(staff, totp.generate_totp_secret())


@pytest.fixture
def bare(house) -> Staff:
    return Staff.objects.create_user("bare", password=PASSWORD)


def noted() -> list[tuple[str, str, str]]:
    return [
        (each.outcome, each.staff.username if each.staff else "", each.ended_by)
        for each in SignIn.objects.order_by("pk")
    ]


def kinds() -> list[str]:
    return [row.kind for row in official_acts(before=None, limit=50)]


def wind_back(browser: Client, key: str, by: timedelta) -> None:
    session = browser.session
    session[key] = time.time() - by.total_seconds()
    session.save()


@pytest.mark.parametrize(
    ("key", "by", "words"),
    [
        ("seen", timedelta(minutes=30, seconds=1), "很久没有操作"),
        ("began", timedelta(hours=10, seconds=1), "登录时间已到"),
    ],
)
def test_a_session_that_is_over_asks_to_sign_in_again(house, key, by, words):
    browser = people.browser(people.staff("office", "organiser"))
    assert browser.get("/console/").status_code == 200
    wind_back(browser, key, by)

    answer = browser.get("/console/units/")

    assert answer["Location"] == "/accounts/login/?next=/console/units/"
    assert words in browser.get(answer["Location"]).content.decode()
    assert browser.get("/console/").status_code == 302


@pytest.mark.parametrize(("key", "by"), [("seen", timedelta(minutes=29)), ("began", timedelta(hours=9, minutes=59))])
def test_a_session_within_its_limits_goes_on(house, key, by):
    browser = people.browser(people.staff("office", "organiser"))
    browser.get("/console/")
    wind_back(browser, key, by)

    assert browser.get("/console/").status_code == 200
    assert time.time() - browser.session["seen"] < 60


def test_what_a_session_that_is_over_sends_changes_nothing(house):
    browser = people.browser(people.staff("system", "system"))
    browser.get("/console/")
    wind_back(browser, "seen", timedelta(hours=1))

    browser.post("/console/staff/", {"username": "newcomer"})

    assert (Staff.objects.count(), kinds()) == (1, [])


def test_signing_in_and_out_is_noted_with_address_and_device(bare):
    browser = come_in("bare")
    browser.post("/accounts/logout/")

    note = SignIn.objects.get()
    assert noted() == [("in", "bare", "self")]
    assert (note.address, note.device) == ("192.0.2.1", "示例浏览器")


def test_wrong_passwords_are_noted_and_names_that_nobody_has_are_not_kept(bare):
    come_in("bare", "wrong-password")
    come_in("my-password-by-mistake", "x")

    assert noted() == [("wrong", "bare", ""), ("wrong", "", "")]
    assert "my-password-by-mistake" not in str(list(SignIn.objects.values()))


def test_a_wrong_code_is_noted(house):
    people.staff("office", "organiser")
    browser = come_in("office")

    browser.post("/accounts/2fa/authenticate/", {"code": "000000"})

    assert noted() == [("code", "office", "")]


def test_five_wrong_passwords_close_the_door_for_the_right_one_too(bare):
    for no in range(5):
        come_in("bare", f"wrong-{no}", address=f"192.0.2.{no}")

    browser = come_in("bare", address="192.0.2.9")

    assert browser.get("/console/account/").status_code == 302
    assert [outcome for outcome, *_rest in noted()] == ["wrong"] * 5


def test_one_network_tries_no_more_than_twenty_names_a_minute(house):
    for no in range(21):
        come_in(f"name-{no}", "wrong")

    assert SignIn.objects.count() == 20


def test_behind_a_proxy_each_person_has_their_own_address(bare):
    from allauth.account.adapter import get_adapter
    from django.test import RequestFactory

    request = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", headers={"x-forwarded-for": "203.0.113.9, 192.0.2.7"})

    with override_settings(ALLAUTH_TRUSTED_PROXY_COUNT=1):
        assert get_adapter().get_client_ip(request) == "192.0.2.7"
    assert get_adapter().get_client_ip(request) == "127.0.0.1"


def test_people_see_where_they_are_signed_in_and_end_one(bare):
    here, there = come_in("bare"), come_in("bare", address="192.0.2.2")
    come_in("bare", "wrong", address="192.0.2.3")
    secure(bare)
    page = here.get("/console/account/sessions/").content.decode()
    other = SignIn.objects.get(address="192.0.2.2")

    here.post(f"/console/account/sessions/{other.pk}/end/")

    assert [page.count(f"<td>192.0.2.{no}</td>") for no in (1, 2, 3)] == [1, 1, 1]
    assert there.get("/console/account/").status_code == 302
    assert here.get("/console/account/").status_code == 200
    assert noted()[:2] == [("in", "bare", ""), ("in", "bare", "ended")]


def test_people_end_all_their_other_sessions_and_nobody_elses(bare):
    Staff.objects.create_user("other", password=PASSWORD)
    here, there, other = come_in("bare"), come_in("bare"), come_in("other")
    secure(bare)
    secure(Staff.objects.get(username="other"))

    here.post("/console/account/sessions/others/end/")

    assert [each.get("/console/account/").status_code for each in (here, there, other)] == [200, 302, 200]


def test_nobody_ends_a_session_of_somebody_else(bare):
    Staff.objects.create_user("other", password=PASSWORD)
    come_in("other")
    before = (noted(), Session.objects.count())

    browser = come_in("bare")
    secure(bare)
    browser.post(f"/console/account/sessions/{SignIn.objects.get(staff__username='other').pk}/end/")

    assert "没有再改动" in browser.get("/console/account/sessions/").content.decode()
    assert (noted()[:1], Session.objects.count()) == (before[0], before[1] + 1)


def test_the_security_administrator_signs_out_whoever_holds_a_seat(house):
    liaison = people.staff("liaison", "liaison", of=unit("bureau"))
    browser, seat = people.browser(liaison), liaison.holdings.get().seat_id
    security = people.browser(people.staff("security", "security"))

    security.post(f"/console/seats/{seat}/sign-out/")

    assert browser.get("/console/")["Location"].startswith("/accounts/login/")
    assert kinds() == ["sessions.ended"]


def test_who_watches_sees_every_sign_in_and_filters(bare):
    come_in("bare")
    come_in("bare", "wrong")
    watching = people.browser(people.staff("security", "security"))

    every = watching.get("/console/sign-ins/").content.decode()
    wrong = watching.get("/console/sign-ins/?outcome=wrong").content.decode()

    assert [page.count("<td>192.0.2.1</td>") for page in (every, wrong)] == [2, 1]


def test_sign_ins_are_kept_for_six_months_and_then_forgotten(bare):
    now = system_clock()
    told = {"session": "", "address": "192.0.2.1", "device": ""}
    kept = sessions.note_in(bare, at=now - timedelta(days=185), **told)
    old = sessions.note_in(bare, at=now - timedelta(days=187), **told)

    new = sessions.note_in(bare, at=now, **told)

    assert set(SignIn.objects.values_list("pk", flat=True)) == {kept.pk, new.pk}
    assert old.pk not in {kept.pk, new.pk}
