"""What a teacher sees of a class, and what nobody can see."""

from __future__ import annotations

import pytest

from cyberweek.activities.quiz.rules import Mode
from cyberweek.kernel.dice import Dice


@pytest.fixture
def make_class(house, activity):
    from cyberweek.activities.quiz import services
    from cyberweek.units.models import Unit

    def make(name: str = "四年级二班", unit: str = "school"):
        found, _is_new = Unit.objects.get_or_create(code=unit, defaults={"kind": "school", "name_zh": "第一小学"})
        return services.make_class(activity, unit=found, name=name, at=house.at, below=Dice("codes", name).below)

    return make


def test_a_class_says_nothing_before_ten_papers(published, play, make_class):
    from cyberweek.activities.quiz.classes import class_lines, class_view

    release, classroom = published(), make_class()
    play(release, 9, mode=Mode.CLASS, group=classroom.pk)

    assert class_view(classroom) is None
    assert [line.papers for line in class_lines(classroom.activity, None)] == [None]


def test_ten_papers_say_how_the_class_did_together(published, play, make_class):
    from cyberweek.activities.quiz.classes import class_lines, class_view

    release, classroom = published(), make_class()
    play(release, 6, mode=Mode.CLASS, group=classroom.pk)
    play(release, 4, right=False, mode=Mode.CLASS, group=classroom.pk)

    view = class_view(classroom)

    assert (view.papers, view.passed) == (10, 6)
    assert [(each.name_zh, each.share) for each in view.topics] == [("法律", 0.6), ("反诈", 0.6)]
    assert all(each.wrong >= 2 and each.answers >= each.wrong for each in view.missed)
    assert [each.wrong for each in view.missed] == sorted((each.wrong for each in view.missed), reverse=True)
    assert [line.papers for line in class_lines(classroom.activity, None)] == [10]


def test_another_class_and_papers_of_nobodys_class_do_not_count(published, play, make_class):
    from cyberweek.activities.quiz.classes import class_view

    release, ours, theirs = published(), make_class(), make_class("五年级一班")
    play(release, 10, mode=Mode.CLASS, group=theirs.pk)
    play(release, 10)

    assert class_view(ours) is None
    assert class_view(theirs).papers == 10


def test_no_fact_has_a_name(house, published, play, make_class):
    release, classroom = published(), make_class("四年级二班")
    play(release, 2, mode=Mode.CLASS, group=classroom.pk)

    store = house.store()
    bodies = b" ".join(row.body for row in store.read_after(0))
    store.close()

    assert b'{"classroom":%d}' % classroom.pk in bodies
    assert [each for each in (classroom.name, classroom.code.text) if each.encode() in bodies] == []


def test_a_code_admits_while_it_is_open(house, make_class):
    from cyberweek.activities.quiz import services
    from cyberweek.activities.quiz.classes import open_code

    classroom = make_class()
    text = classroom.code.text

    found = [open_code(classroom.activity, each) for each in (text, f"{text[:4].lower()}-{text[4:]}", "ABC", "")]
    services.close_class(classroom.code, at=house.at)
    closed = open_code(classroom.activity, text)
    services.open_class(classroom.code)

    assert [each and each.classroom_id for each in found] == [classroom.pk, classroom.pk, None, None]
    assert closed is None
    assert open_code(classroom.activity, text).classroom_id == classroom.pk


def test_a_code_that_is_taken_is_minted_anew(make_class):
    """Equal names give equal dice here, so that the second class would get the first one's code."""
    assert make_class("甲班").code.text != make_class("甲班").code.text


def test_a_code_belongs_to_its_activity(make_class, activity):
    from cyberweek.activities.quiz.classes import open_code
    from cyberweek.plan.models import Activity

    other = Activity.objects.create(campaign=activity.campaign, no=2, slug="other", kind="quiz", name_zh="另一个")

    assert open_code(other, make_class().code.text) is None


@pytest.mark.parametrize("count", [1, 3, 300])
def test_a_list_of_classes_takes_two_queries(make_class, activity, queries, count):
    from cyberweek.activities.quiz.classes import class_lines

    for number in range(count):
        make_class(f"第 {number} 班")

    assert queries(lambda: [(line.classroom.unit.name, line.code.text) for line in class_lines(activity, None)]) == 2


@pytest.mark.parametrize("papers", [10, 30])
def test_a_class_is_read_in_three_queries_however_many_papers(published, play, make_class, queries, papers):
    from cyberweek.activities.quiz.classes import class_view

    release, classroom = published(), make_class()
    play(release, papers, mode=Mode.CLASS, group=classroom.pk)

    assert queries(lambda: class_view(classroom)) == 3
