"""The wall: every state has words, figures carry the name that live events use."""

from __future__ import annotations

import pytest


def _body(client, path: str = "/screen/") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    return answer.content.decode()


def _count(metric: str, activity: int, bucket: str, value: int) -> None:
    from cyberweek.ledger.models import Count

    Count.objects.create(metric=metric, activity=activity, bucket=bucket, value=value)


def test_without_a_campaign_the_wall_says_so(client, house):
    assert "活动周还在准备" in _body(client)


@pytest.mark.parametrize(("starts_in", "words"), [(3, "距开幕"), (-1, "主题1"), (-30, "感谢每一位参与的人")])
def test_the_wall_says_where_the_week_stands(client, make_week, starts_in, words):
    make_week(starts_in=starts_in)
    assert words in _body(client)


def test_figures_are_named_as_live_events_name_them(client, make_week):
    expo = make_week().activities.get()
    _count("quiz.answers", expo.pk, "", 12345)
    body = _body(client)
    assert 'data-metric="quiz.answers">12,345<' in body
    assert 'data-metric="quiz.participants">0<' in body


def test_another_campaigns_figures_are_left_out(make_week, today):
    from cyberweek.screen import queries

    earlier = make_week(slug="earlier", starts_in=-400).activities.create(no=9, slug="quiz", kind="quiz", name_zh="旧")
    campaign = make_week()
    quiz = campaign.activities.create(no=9, slug="quiz", kind="quiz", name_zh="新")
    _count("quiz.answers", earlier.pk, "", 100)
    _count("quiz.answers", quiz.pk, "", 5)
    figures, _shares = queries.wall(campaign, today)
    answers = next(each for each in figures if each.live.startswith("quiz.answers"))
    assert (answers.live, answers.value) == (f"quiz.answers/{quiz.pk}", 5)


def test_topics_are_shares_best_first(make_week, today):
    from cyberweek.questions.models import Topic
    from cyberweek.screen import queries

    Topic.objects.create(code="law", name_zh="法律", name_en="Law")
    campaign = make_week()
    expo = campaign.activities.get()
    for topic, asked, right in (("law", 8, 6), ("fraud", 10, 9)):
        _count("quiz.answers", expo.pk, f"topic:{topic}", asked)
        _count("quiz.right-answers", expo.pk, f"topic:{topic}", right)
    _figures, shares = queries.wall(campaign, today)
    assert shares == [queries.Share("fraud", 90), queries.Share("法律", 75)]


def test_the_wall_asks_the_database_equally_often_for_any_number_of_rows(client, make_week):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            _body(client)
        return len(captured)

    campaign = make_week(expos=1)
    _count("quiz.answers", campaign.activities.get().pk, "topic:a", 1)
    one = queries()
    for no in range(2, 31):
        row = campaign.activities.create(no=no, slug=f"e-{no}", kind="expo", name_zh="展")
        _count("quiz.answers", row.pk, f"topic:{no}", 1)
    assert queries() == one


def test_a_demos_figures_are_marked_simulated(client, make_week):
    campaign = make_week()
    campaign.is_demo = True
    campaign.save()
    assert "模拟数据" in _body(client)
