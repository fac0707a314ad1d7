"""A class's pages: what they let pupils do, and what they leave on a device."""

from __future__ import annotations

import re

import pytest

from cyberweek.kernel.dice import Dice


@pytest.fixture
def classroom(house, activity):
    from cyberweek.activities.quiz import services
    from cyberweek.units.models import Unit

    unit = Unit.objects.create(code="school", kind="school", name_zh="第一小学")
    return services.make_class(activity, unit=unit, name="四年级二班", at=house.at, below=Dice("class").below)


def test_a_typed_code_leads_to_the_class(published, client, classroom):
    published()
    text = classroom.code.text

    answer = client.get("/play/quiz/class/", {"code": f"{text[:4].lower()} {text[4:]}"})

    assert (answer.status_code, answer.headers["Location"]) == (302, f"/play/quiz/class/{text}/")


@pytest.mark.parametrize("path", ["?code=ABCDEFGH", "ABCDEFGH/", "<b>/"])
def test_a_code_that_nobody_gave_is_said_to_be_none(published, client, classroom, path):
    published()

    answer = client.get(f"/play/quiz/class/{path}")

    assert answer.status_code == 404
    assert "没有这个答题码" in answer.content.decode()


def test_a_class_page_sets_no_cookie_and_names_nobody(published, client, classroom):
    published(gives_chances=True)

    answer = client.get(f"/play/quiz/class/{classroom.code.text}/")
    page = re.sub(r'data-props="[^"]*"', "", answer.content.decode())

    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert "no-store" in answer.headers["Cache-Control"]
    assert [word for word in ("四年级二班", "第一小学", "抽奖机会到手", "您在哪个区县") if word in page] == []


def test_a_class_page_hands_out_an_admission_for_two_hours(published, client, classroom, activity):
    from django.conf import settings

    from cyberweek.activities.quiz.rules import Mode
    from cyberweek.kernel.clock import system_clock, to_ms
    from cyberweek.people.ticket import Signer

    published()
    page = client.get(f"/play/quiz/class/{classroom.code.text}/").content.decode()

    token = re.search(r'name="admission" value="([^"]+)"', page)[1]
    admission = Signer(settings.TICKET_KEY).read_admission(token)

    assert admission[:3] == (activity.pk, classroom.pk, Mode.CLASS)
    assert 0 < admission.until - to_ms(system_clock()) <= 2 * 3_600_000


def test_a_closed_class_admits_nobody(house, published, client, classroom):
    from cyberweek.activities.quiz import services

    published()
    services.close_class(classroom.code, at=house.at)

    answer = client.get(f"/play/quiz/class/{classroom.code.text}/")

    assert (answer.status_code, "admission" in answer.content.decode()) == (404, False)


def test_an_own_paper_of_the_device_is_not_shown_to_a_class(published, client, classroom, activity, play):
    from django.conf import settings

    from cyberweek.people.ticket import Attempt, Signer

    release = published()
    play(release)
    client.cookies[f"cw_attempt_{activity.pk}"] = Signer(settings.TICKET_KEY).attempt(
        Attempt(activity.pk, release.pk, 5, 5 << 22)
    )

    page = client.get(f"/play/quiz/class/{classroom.code.text}/").content.decode()

    assert "开始答题" in page
    assert 'name="place"' not in page
