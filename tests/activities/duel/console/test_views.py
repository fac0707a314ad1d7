"""The duel in the console: settings, what is missing, publishing and taking away."""

from __future__ import annotations

from cyberweek.activities.duel.models import Duel
from cyberweek.activities.duel.queries import MOST_LETTERS, items_on, missing
from cyberweek.component.models import Release, Visibility
from cyberweek.questions.models import Question
from tests.factories import people, questions

URL = "/console/duel/duel/"


def test_settings_are_saved_and_bad_hours_are_refused(duel):
    office = people.browser(people.staff("office", "organiser"))

    bad = office.post(URL, {"opens": "2026-11-25T09:00", "closes": "2026-11-24T09:00"})
    assert (bad.status_code, Duel.objects.count()) == (200, 0)
    office.post(URL, {"opens": "2026-11-23T09:00", "closes": "2026-11-30T00:00"})

    assert Duel.objects.get().closes == questions.CLOSES


def test_a_duel_without_settings_or_with_too_few_short_questions_says_what_is_missing(duel):
    assert [each.message for each in missing(duel)] == ["对战还没有设置：请先保存开放时间"]

    questions.duel(duel)
    assert missing(duel) == []
    Question.objects.filter(code="q-1").update(stem="长" * (MOST_LETTERS + 1))

    assert len(missing(duel)) == 1


def test_questions_with_several_right_options_stay_out(duel):
    Question.objects.filter(code="q-1").update(kind="multiple", options=["甲", "乙"], answer=[0, 1])

    assert len(items_on(questions.OPENS.date())) == 11


def test_publishing_shows_a_release_and_withdrawing_takes_it_away(open_duel):
    office = people.browser(people.staff("office", "organiser"))
    assert Release.objects.get().kind == "duel"

    assert "第 1 版公开中" in office.get(URL).content.decode()
    office.post(f"{URL}withdraw/", {"reason": "改期"})

    assert Visibility.objects.get().withdrawn
