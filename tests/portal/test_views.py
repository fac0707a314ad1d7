"""What residents' pages say, keep and refuse."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils.timezone import localdate

from cyberweek.activities.quiz import services
from cyberweek.kernel.clock import system_clock
from cyberweek.portal import queries
from tests.factories import plan, questions

PUBLIC = [
    "/",
    "/programme/",
    "/activities/expo-1/",
    "/themes/",
    "/themes/day-1/",
    "/programme.ics",
    "/robots.txt",
    "/site.webmanifest",
]


def _body(answer) -> str:
    return answer.content.decode()


def test_without_a_campaign_home_says_what_comes_next(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert "活动周还在准备" in _body(answer)
    assert [client.get(path).status_code for path in ("/programme/", "/themes/", "/programme.ics")] == [404, 404, 404]


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_the_same_for_everybody(client, make_week, path):
    make_week()
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=3"
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in _body(answer)


def test_home_with_its_style_fits_in_100_kilobytes(client, make_week):
    make_week(expos=12)
    from cyberweek import portal, ui

    sheets = [Path(ui.__file__).parent / "static/ui" / f"{name}.css" for name in ("tokens", "parts", "portal", "print")]
    sheets += [
        Path(portal.__file__).parent / "static/portal/pages.css",
        Path(ui.__file__).parent / "static/ui/mark.svg",
    ]
    sent = [client.get("/").content, *(each.read_bytes() for each in sheets)]
    assert sum(len(gzip.compress(each)) for each in sent) < 100_000


@pytest.mark.parametrize(
    ("starts_in", "words"),
    [(5, "还有 5 天开幕"), (-1, "主题1"), (-20, "活动周已经结束")],
    ids=["before", "during", "after"],
)
def test_home_says_where_the_week_stands(client, make_week, starts_in, words):
    make_week(starts_in=starts_in)
    assert words in _body(client.get("/"))


def test_activities_stand_by_their_days(make_week, today):
    campaign = make_week()
    campaign.activities.create(no=7, slug="past", kind="gathering", name_zh="甲", starts=today - timedelta(days=1))
    campaign.activities.create(no=8, slug="next", kind="media", name_zh="乙", starts=today + timedelta(days=1))
    campaign.activities.create(no=9, slug="undated", kind="other", name_zh="丙")
    groups = queries.by_standing(queries.items(campaign, system_clock()))
    assert [[each.activity.slug for each in group.items] for group in groups] == [
        ["expo-1"],
        ["next", "undated"],
        ["past"],
    ]


@pytest.mark.parametrize(
    ("at", "standing", "play_url"),
    [
        (datetime(2026, 11, 24, 0, 59, 59, tzinfo=UTC), "not-open", None),
        (datetime(2026, 11, 24, 1, 0, tzinfo=UTC), "open", "/play/quiz/"),
        (datetime(2026, 11, 24, 9, 59, 59, tzinfo=UTC), "open", "/play/quiz/"),
        (datetime(2026, 11, 24, 10, 0, tzinfo=UTC), "closed", None),
    ],
    ids=["8:59:59", "9:00", "17:59:59", "18:00"],
)
def test_what_is_played_here_stands_by_the_hours_that_are_published(house, at, standing, play_url):
    quiz = plan.activity(plan.campaign(), 1, slug="quiz", kind="quiz")
    questions.question(1)
    opens, closes = datetime(2026, 11, 24, 1, tzinfo=UTC), datetime(2026, 11, 24, 10, tzinfo=UTC)
    services.publish(questions.quiz(quiz, opens=opens, closes=closes), writer=house.writer, seat=1, at=house.at)

    found = queries.item(quiz.campaign, "quiz", at)

    assert (found.standing, found.play_url) == (standing, play_url)


def test_what_is_played_here_is_awaited_until_it_is_published(client, house):
    week = plan.campaign(starts=localdate() - timedelta(days=1))
    plan.activity(week, 1, slug="quiz", kind="quiz")

    assert queries.item(week, "quiz", system_clock()).standing == "not-open"
    assert "还没有开放。一开放，这里就有入口。" in _body(client.get("/activities/quiz/"))


def test_a_withdrawn_activity_says_so_and_cannot_be_played(client, make_week):
    from cyberweek.component.models import Visibility

    campaign = make_week()
    Visibility.objects.create(activity=campaign.activities.get(), release=None, withdrawn=True, stream=1)
    body = _body(client.get("/activities/expo-1/"))
    assert "撤下" in body
    assert "现在参加" not in body


def test_programme_filters_by_day_kind_and_words(client, make_week, today):
    campaign = make_week(expos=2)
    campaign.activities.create(no=9, slug="talk", kind="gathering", name_zh="论坛", starts=campaign.starts)

    def shown(query: str) -> list[str]:
        body = _body(client.get(f"/programme/?{query}"))
        return [slug for slug in ("expo-1", "expo-2", "talk") if f"/activities/{slug}/" in body]

    assert shown("") == ["expo-1", "expo-2", "talk"]
    assert shown(f"day={today.isoformat()}") == ["expo-1", "expo-2"]
    assert shown("kind=gathering") == ["talk"]
    assert shown("q=示例广场") == ["expo-1", "expo-2"]
    assert shown("q=示例局&kind=expo") == ["expo-1", "expo-2"]
    assert shown("q=nothing") == []
    assert shown("day=yesterday&q=%00") == ["expo-1", "expo-2", "talk"]


def test_unknown_activities_and_theme_days_are_not_found(client, make_week):
    make_week()
    assert [client.get(path).status_code for path in ("/activities/no/", "/themes/no/")] == [404, 404]


def test_names_fall_back_to_chinese_on_english_pages(client, make_week):
    make_week()
    body = _body(client.get("/en/"))
    assert "A city&#x27;s week" in body
    assert "第 1 号展" in body


@pytest.mark.parametrize(
    ("wanted", "back"),
    [
        ("/themes/?a=1", "/themes/?a=1"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example", "/"),
        ("/\\elsewhere", "/"),
        ("", "/"),
    ],
)
def test_the_view_is_a_cookie_and_goes_back_only_to_this_site(client, wanted, back):
    answer = client.post("/view/", {"view": "elder", "next": wanted})
    assert (answer.status_code, answer.headers["Location"]) == (303, back)
    assert answer.cookies["view"].value == "elder"
    assert client.get("/view/").status_code == 405


def test_the_elder_view_is_shown_to_whoever_chose_it(client, make_week):
    make_week()
    client.cookies["view"] = "elder"
    assert 'data-view="elder"' in _body(client.get("/"))
