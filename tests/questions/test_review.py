"""Nobody lets an own question stand: not from the same seat, not from another one."""

from __future__ import annotations

from datetime import timedelta

import pytest

LATER = timedelta(minutes=5)


@pytest.fixture
def asked(desk, draft):
    """A question that the office wrote and handed in."""
    return hand_in(desk, draft())


def hand_in(desk, said):
    from cyberweek.questions.review import ask
    from cyberweek.questions.services import add

    made = add(said, seat=desk.office, at=desk.at)
    assert ask([made], seat=desk.office, at=desk.at) == 1
    return fresh(made)


def fresh(question):
    from cyberweek.questions.models import Question

    return Question.objects.get(pk=question.pk)


def acts(question) -> list[str]:
    from cyberweek.questions.models import Step

    return list(Step.objects.filter(question=question).values_list("act", flat=True))


def approve(desk, question, seat, at=None, seen=None):
    from cyberweek.questions import review

    seen = {question.pk: question.digest if seen is None else seen}
    return review.approve(seen, seat=seat, writer=desk.writer, at=at or desk.at + LATER)


def test_a_second_person_lets_a_question_stand(any_desk, draft):
    question = hand_in(any_desk, draft())

    approve(any_desk, question, any_desk.second)

    assert fresh(question).stage == "reviewed"
    assert acts(question) == ["wrote", "asked", "passed"]
    assert any_desk.facts() == [("question.reviewed", -any_desk.second.pk)]


def test_the_author_cannot(desk, asked):
    from cyberweek.questions.review import OwnWork, send_back

    with pytest.raises(OwnWork, match=asked.code):
        approve(desk, asked, desk.office)
    with pytest.raises(OwnWork):
        send_back(asked, "再想想", seat=desk.office, at=desk.at)

    assert (fresh(asked).stage, acts(asked), desk.facts()) == ("waiting", ["wrote", "asked"], [])


def test_the_author_cannot_from_another_seat_either(desk, asked):
    from cyberweek.people.models import Seat, Staff
    from cyberweek.people.services import give_seat
    from cyberweek.questions.review import OwnWork
    from cyberweek.units.models import Unit

    elsewhere = give_seat(
        Staff.objects.get(username="office"),
        unit=Unit.objects.exclude(code="cac")[0],
        role=Seat.Role.ORGANISER,
        at=desk.at,
    ).seat

    with pytest.raises(OwnWork):
        approve(desk, asked, elsewhere)

    assert (fresh(asked).stage, desk.facts()) == ("waiting", [])


def test_who_takes_over_the_authors_seat_cannot(desk, asked):
    """The seat wrote it: a seat never reviews its own work, whoever holds it."""
    from cyberweek.people.models import Holding, Staff
    from cyberweek.questions.review import OwnWork

    Holding.objects.filter(seat=desk.office).update(until=desk.at + LATER)
    Holding.objects.create(seat=desk.office, staff=Staff.objects.create_user("new"), since=desk.at + LATER)

    with pytest.raises(OwnWork):
        approve(desk, asked, desk.office, at=desk.at + 2 * LATER)


def test_everybody_who_changed_it_since_the_last_review_is_an_author(desk, asked, draft):
    from cyberweek.questions.review import OwnWork, ask
    from cyberweek.questions.services import change

    change(asked, draft(explanation="改了一句。"), seen=asked.digest, seat=desk.second, at=desk.at)
    ask([fresh(asked)], seat=desk.office, at=desk.at)

    for seat in (desk.office, desk.second):
        with pytest.raises(OwnWork):
            approve(desk, fresh(asked), seat)
    assert desk.facts() == []


def test_authors_of_what_was_reviewed_before_may_review_what_comes_after(desk, asked, draft):
    from cyberweek.questions.review import ask
    from cyberweek.questions.services import change

    approve(desk, asked, desk.second)
    reviewed = fresh(asked)
    change(reviewed, draft(explanation="第二版。"), seen=reviewed.digest, seat=desk.second, at=desk.at + LATER)
    ask([fresh(asked)], seat=desk.second, at=desk.at + LATER)

    approve(desk, fresh(asked), desk.office, at=desk.at + 2 * LATER)

    assert fresh(asked).stage == "reviewed"


def test_what_was_changed_while_it_was_looked_at_is_not_let_stand(desk, asked):
    from cyberweek.questions.services import Moved

    with pytest.raises(Moved):
        approve(desk, asked, desk.second, seen="0" * 64)

    assert (fresh(asked).stage, desk.facts()) == ("waiting", [])


def test_many_are_let_stand_together_or_not_at_all(desk, draft):
    from cyberweek.questions import review

    mine = hand_in(desk, draft())
    others = [hand_in(desk, draft(stem=f"第{n}个问题？")) for n in range(3)]
    from cyberweek.questions.services import change

    change(mine, draft(explanation="第二个人改的。"), seen=mine.digest, seat=desk.second, at=desk.at)
    review.ask([fresh(mine)], seat=desk.office, at=desk.at)
    seen = {each.pk: fresh(each).digest for each in (mine, *others)}

    with pytest.raises(review.OwnWork):
        review.approve(seen, seat=desk.second, writer=desk.writer, at=desk.at + LATER)

    assert [fresh(each).stage for each in (mine, *others)] == ["waiting"] * 4
    assert desk.facts() == []


def test_only_what_was_handed_in_is_reviewed_and_only_once(desk, asked):
    from cyberweek.questions.models import Question
    from cyberweek.questions.review import NotNow, ask

    approve(desk, asked, desk.second)

    with pytest.raises(NotNow):
        approve(desk, fresh(asked), desk.second)
    with pytest.raises(NotNow):
        ask([Question.objects.get(code="law-001")], seat=desk.office, at=desk.at)
    assert len(desk.facts()) == 1


def test_a_question_without_an_explanation_is_not_handed_in(desk, draft):
    from cyberweek.questions.review import Unexplained, ask
    from cyberweek.questions.services import add

    made = add(draft(explanation=""), seat=desk.office, at=desk.at)

    with pytest.raises(Unexplained, match=made.code):
        ask([made], seat=desk.office, at=desk.at)
    assert (fresh(made).stage, acts(made)) == ("writing", ["wrote"])


def test_what_is_sent_back_says_why_and_can_be_handed_in_again(desk, asked):
    from cyberweek.questions.models import Step
    from cyberweek.questions.review import NoReason, ask, send_back

    with pytest.raises(NoReason):
        send_back(asked, "  ", seat=desk.second, at=desk.at)
    send_back(asked, "请写明依据。", seat=desk.second, at=desk.at)

    assert fresh(asked).stage == "writing"
    assert Step.objects.get(question=asked, act="returned").reason == "请写明依据。"
    assert ask([fresh(asked)], seat=desk.office, at=desk.at) == 1


def test_two_reviewers_at_once_record_one_review(any_desk, draft):
    import threading

    from django.db import connection

    from cyberweek.questions.review import NotNow

    question = hand_in(any_desk, draft())
    third = another_seat(any_desk)
    told: list[str] = []

    def look(seat) -> None:
        try:
            approve(any_desk, question, seat)
            told.append("passed")
        except NotNow:
            told.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=look, args=(seat,)) for seat in (any_desk.second, third)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(told) == ["late", "passed"]
    assert len(any_desk.facts()) == 1


def another_seat(desk):
    from cyberweek.people.models import Seat, Staff
    from cyberweek.people.services import give_seat

    return give_seat(
        Staff.objects.create_user("third"), unit=desk.office.unit, role=Seat.Role.ORGANISER, at=desk.at
    ).seat


def test_an_erased_author_leaves_the_seat_behind(desk, asked):
    from cyberweek.people.models import Staff
    from cyberweek.questions.review import OwnWork

    Staff.objects.get(username="office").delete()

    with pytest.raises(OwnWork):
        approve(desk, asked, desk.office)
    approve(desk, asked, desk.second)
    assert fresh(asked).stage == "reviewed"
