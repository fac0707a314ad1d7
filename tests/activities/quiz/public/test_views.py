"""The quiz's page: two ways to play, and for whom."""

from __future__ import annotations

import re

import pytest


def text(answer) -> str:
    return answer.content.decode()


def test_the_page_offers_todays_paper_and_practice_by_topic(published, client):
    published()

    page = text(client.get("/play/quiz/"))

    assert re.findall(r'name="mode" value="(\d)"', page) == ["0", "0"]  # the page's and the island's
    assert re.findall(r'<option value="(\d+)">', page)[:3] == ["1", "16", "17"]
    assert "不比快慢，不排名次" in page


def test_a_quiz_that_gives_chances_says_so(published, client):
    published(gives_chances=True)

    assert "每天合格一次，得到一次抽奖机会" in text(client.get("/play/quiz/"))


def test_the_way_english_says_it(published, client):
    published(gives_chances=True)

    page = text(client.get("/en/play/quiz/"))

    assert "Pass once a day to earn one chance in the draw." in page
    assert '<option value="17">Fraud</option>' in page


@pytest.mark.parametrize("reason", ["unknown-mode", "unknown-unit", "admission-over", "too-fast"])
def test_a_refusal_has_its_words(published, client, reason):
    from cyberweek.activities.quiz.public.words import _refusals

    published()

    page = text(client.get(f"/play/quiz/?refused={reason}"))

    assert _refusals()[reason] in page


def test_a_units_link_is_remembered_and_shown_and_can_be_left(published, client):
    published()

    followed = client.get("/play/quiz/?unit=school-1")
    page = text(client.get("/play/quiz/"))
    left = client.post("/play/quiz/area/", {"leave_unit": "1"})

    assert (followed.status_code, followed.headers["Location"]) == (303, "/play/quiz/")
    assert "今日答卷计入：第一小学" in page
    assert "您在哪个区县？" in page
    assert left.cookies["cw_area"].value == "."
    assert "第一小学" not in text(client.get("/play/quiz/"))


def test_a_link_of_a_unit_that_is_not_on_the_list_says_so_and_keeps_nothing(published, client):
    published()

    answer = client.get("/play/quiz/?unit=elsewhere")

    assert answer.headers["Location"] == "/play/quiz/?refused=unknown-unit"
    assert "cw_area" not in answer.cookies


@pytest.mark.parametrize(("said", "kept"), [("east", "east."), ("", "-.")])
def test_a_district_is_asked_once(published, client, said, kept):
    published()
    client.get("/play/quiz/?unit=school-1")

    answer = client.post("/play/quiz/area/", {"district": said})
    page = text(client.get("/play/quiz/"))

    assert (answer.status_code, answer.cookies["cw_area"].value) == (303, f"{kept}school-1")
    assert "您在哪个区县？" not in page
    assert "点开可改" in page


def test_a_district_that_is_not_on_the_list_is_not_kept(published, client):
    published()

    answer = client.post("/play/quiz/area/", {"district": "nowhere"})

    assert (answer.headers["Location"], "cw_area" in answer.cookies) == ("/play/quiz/?refused=unknown-unit", False)


def test_a_cookie_of_another_quiz_counts_for_nothing(published, client):
    published()
    client.cookies["cw_area"] = "<b>nowhere</b>.school-9"

    page = text(client.get("/play/quiz/"))

    assert "您在哪个区县？" in page
    assert "nowhere" not in page


def test_the_result_says_what_became_of_the_chance(published, client, play, activity):
    from django.conf import settings

    from cyberweek.people.ticket import Attempt, Signer

    release = published(gives_chances=True)
    signer, said = Signer(settings.TICKET_KEY), []
    for mode, right in ((0, True), (0, False), (1, True)):
        play(release, right=right, mode=mode)
        stream = last_stream()
        token = signer.attempt(Attempt(activity.pk, release.pk, stream, stream, mode))
        client.cookies[f"cw_attempt_{activity.pk}"] = token
        said.append(re.findall(r'<p class="notice[^"]*">([^<]*)</p>', text(client.get("/play/quiz/"))))

    assert said == [
        ["恭喜！今天的抽奖机会到手了。"],
        ["合格的今日答卷才有抽奖机会。今天还可以再答。"],
        ["这是学习练习，不计抽奖机会。"],
    ]


def last_stream() -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT stream FROM ledger_fact WHERE kind = 'quiz.paper-submitted' ORDER BY n DESC LIMIT 1")
        return cursor.fetchone()[0]
