"""What a quiz is published with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest


@pytest.fixture
def quiz(house, activity):
    from cyberweek.activities.quiz import services
    from cyberweek.questions.services import load_bank
    from cyberweek.units.services import load_units

    load_units()
    load_bank()
    opens = datetime(2026, 11, 24, 1, tzinfo=UTC)
    blueprint = [{"topic": "fraud", "count": 3}, {"topic": "passwords", "count": 3}]
    return services.save_settings(
        activity, opens=opens, closes=opens + timedelta(days=7), pass_percent=80, blueprint=blueprint
    )


@pytest.mark.parametrize(
    ("year", "there", "gone"),
    [(2024, {"jiangbei", "yubei"}, {"liangjiang"}), (2026, {"liangjiang"}, {"jiangbei", "yubei"})],
)
def test_the_districts_are_those_of_the_opening_day(quiz, year, there, gone):
    from cyberweek.activities.quiz.queries import snapshot_of

    quiz.opens = quiz.opens.replace(year=year)
    codes = snapshot_of(quiz).district_codes

    assert there <= codes
    assert gone & codes == set()


def test_areas_stand_by_name_and_units_are_no_districts(quiz):
    from cyberweek.activities.quiz.queries import snapshot_of

    snapshot = snapshot_of(quiz)
    codes = [area.code for area in snapshot.districts]

    assert (len(codes), codes) == (39, sorted(codes))
    assert snapshot.district_codes & snapshot.unit_codes == frozenset()
    assert "district-offices" not in snapshot.unit_codes


def test_the_spread_is_that_of_two_thousand_papers(quiz):
    from cyberweek.activities.quiz.paper import spread
    from cyberweek.activities.quiz.queries import snapshot_of, spread_of

    snapshot = snapshot_of(quiz)

    assert spread_of(snapshot) == spread(snapshot, 2_000)
    assert spread_of(snapshot).lowest <= spread_of(snapshot).mean <= spread_of(snapshot).highest


def test_a_snapshot_takes_the_same_queries_for_any_number_of_units(quiz, queries):
    from cyberweek.activities.quiz.queries import snapshot_of
    from cyberweek.units.models import Unit

    before = queries(lambda: snapshot_of(quiz))
    Unit.objects.bulk_create(Unit(code=f"school-{n}", kind="school", name_zh=f"第{n}小学") for n in range(300))

    assert (before, queries(lambda: snapshot_of(quiz))) == (7, 7)


def test_a_question_that_nobody_reviewed_keeps_the_quiz_closed_and_is_named(house, quiz):
    from cyberweek.activities.quiz.queries import missing
    from cyberweek.activities.quiz.services import publish
    from cyberweek.component.models import Release
    from cyberweek.component.services import NotReady
    from cyberweek.questions.models import Question

    Question.objects.filter(code="fraud-001").update(stage="waiting")
    Question.objects.filter(code="minors-001").update(stage="writing")
    quiz.chosen.remove(Question.objects.get(code="minors-001"))

    with pytest.raises(NotReady):
        publish(quiz, writer=house.writer, seat=1, at=house.at)

    assert [(each.message[:12], each.url) for each in missing(quiz.activity)] == [
        ("fraud-001 还没", "/console/bank/questions/fraud-001/")
    ]
    assert list(Release.objects.all()) == []
    assert list(house.store().read_after(0)) == []


def test_answers_count_for_the_wording_of_their_release(published, play):
    from cyberweek.activities.quiz.queries import answered
    from cyberweek.activities.quiz.snapshot import QuizSnapshot
    from cyberweek.component.reading import release_snapshot
    from cyberweek.questions.draft import wording

    release = published()
    play(release, 2)
    items = {each.code: each for each in release_snapshot(release.pk, QuizSnapshot).items}
    found = list(answered(1_000))
    said = [items[each.item] for each in found]

    assert [each.wording for each in found] == [wording(i.kind, i.stem, i.options, i.answer) for i in said]
    assert [each.choice for each in found] == [i.answer for i in said]
    assert (len(found), len({each.paper for each in found}), {each.of for each in found}) == (8, 2, {4})
    assert list(answered(3)) == found[:3]
