"""My data: what it tells, and what erasing takes away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from tests.factories import plan
from tests.factories.facts import answer


def _ticket(participant: int = 7) -> str:
    from cyberweek.people.ticket import Signer, Ticket

    return Signer(settings.TICKET_KEY).ticket(Ticket(participant, 1_790_000_000_000))


def test_a_new_device_holds_nothing(client, house):
    answer = client.get("/my-data/")
    assert "没有保存任何东西" in answer.content.decode()
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies


def test_a_ticket_that_was_not_given_here_counts_for_nothing(client, house):
    client.cookies["cw_ticket"] = "forged"
    assert "没有保存任何东西" in client.get("/my-data/").content.decode()


def test_held_names_ticket_attempts_and_choices(make_week):
    from cyberweek.portal.held import Held, held

    expo = make_week().activities.get()
    cookies = {"cw_ticket": _ticket(), f"cw_attempt_{expo.pk}": "x", "cw_attempt_x": "y", "view": "elder", "other": "1"}
    found = held(cookies, settings.TICKET_KEY, language_cookie="lang")
    assert found == Held(datetime.fromtimestamp(1_790_000_000, UTC), ["第 1 号展"], ["view"], [], [])


@pytest.mark.parametrize(
    ("language", "said"),
    [("zh-hans", "11月24日、11月25日参与过"), ("en", "Took part on 24 Nov, 25 Nov")],
)
def test_held_says_on_which_days_this_device_took_part(house, language, said):
    from django.utils.translation import override

    from cyberweek.portal.held import held

    quiz = plan.activity(plan.campaign(), 1, kind="quiz", name_zh="有奖知识问答")
    for day in (0, 1):
        answer(house.writer, activity=quiz.pk, participant=7, at=house.at + timedelta(days=day), stream=day + 1)
    house.count()

    with override(language):
        found = held({"cw_ticket": _ticket()}, settings.TICKET_KEY, language_cookie="lang")

    assert found.facts == [("有奖知识问答", said)]


def test_for_whom_a_device_plays_and_a_classs_paper_go_too(client, house):
    client.cookies["cw_area"] = "yuzhong."
    client.cookies["cw_guest_3"] = "x"

    page, answer = client.get("/my-data/").content.decode(), client.post("/my-data/erase/")

    assert "为哪里答题" in page
    assert sorted(set(answer.cookies) - {"sessionid"}) == ["cw_area", "cw_guest_3"]
    assert answer.headers["Clear-Site-Data"] == '"storage"'


def test_erasing_takes_this_sites_own_cookies_and_says_what_stays(client, house):
    for name, value in {"cw_ticket": _ticket(), "cw_attempt_3": "x", "view": "elder", "other": "stays"}.items():
        client.cookies[name] = value
    answer = client.post("/my-data/erase/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/my-data/?erased")
    assert sorted(set(answer.cookies) - {"sessionid"}) == ["cw_attempt_3", "cw_ticket", "view"]
    assert all(each["max-age"] == 0 for each in answer.cookies.values())
    assert "台账" in client.get("/my-data/?erased").content.decode()
    assert client.get("/my-data/erase/").status_code == 405
