"""English pages say figures in English: their names, their measure words, and what a page says around them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from cyberweek.project.registry import REGISTRY
from tests.factories import people, plan, questions
from tests.factories.facts import answer
from tests.factories.units import unit

CHINESE = re.compile(r"[^<>\n]*[\u4e00-\u9fff][^<>\n]*")
PAGES = [
    "/en/",
    "/en/screen/",
    "/en/console/",
    "/en/console/activities/quiz/",
    "/en/console/quiz/quiz/",
    "/en/console/report/",
]


@pytest.mark.parametrize("metric", REGISTRY.metrics, ids=lambda metric: metric.name)
def test_a_metric_is_said_in_english(metric):
    with override("en"):
        said = gettext(metric.label), gettext(metric.unit)

    assert [CHINESE.findall(each) for each in said] == [[], []]


@pytest.mark.parametrize("path", PAGES)
def test_a_page_of_figures_is_english_throughout(house, path):
    """The official sentences of the report are quoted in Chinese, and marked as Chinese."""
    unit("office", name_en="Office"), unit("host-1", name_en="Bureau"), unit("unit-1", name_en="Bureau")
    week = plan.campaign(starts=localdate() - timedelta(days=1), theme_en="Everybody's business")
    quiz = plan.activity(week, 1, slug="quiz", kind="quiz", name_en="Prize quiz", place_en="Square")
    plan.task(week, 1, text_en="Task")
    week.deadlines.create(date=week.ends, what_zh="总结", what_en="Summary", to="CAC")
    questions.question(1)
    questions.quiz(quiz)
    answer(house.writer, activity=quiz.pk, participant=7, at=house.at, stream=1)
    house.count()

    page = people.browser(people.staff("office", "organiser")).get(path).content.decode()

    page = re.sub(r'<(\w+)[^>]* lang="zh-[^>]*>.*?</\1>', "", page)
    assert CHINESE.findall(page) == []
