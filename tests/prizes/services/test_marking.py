"""A mark says why, an appeal is read, a person decides, and a chance is never dropped in silence."""

from __future__ import annotations

import pytest

from cyberweek.ledger.queries import head
from cyberweek.prizes import queries
from cyberweek.prizes.models import Appeal, Mark
from cyberweek.prizes.services import marking
from cyberweek.prizes.services.draws import Done, TooEarly

ODD = [(3, "even-pace", 2), (5, "cloned-pace", 1)]


def marked(made) -> list[Mark]:
    made.earn(range(1, 9))
    marking.mark(made.draw, ODD, writer=made.house.writer, seat=made.officers[0].pk, at=made.after_closing)
    return list(Mark.objects.order_by("participant"))


def decide(made, mark: Mark, *, stands: bool) -> None:
    marking.decide(
        made.draw, mark.pk, stands=stands, writer=made.house.writer, seat=made.officers[0].pk, at=made.after_closing
    )


def test_looking_twice_marks_nobody_twice(any_drawing):
    marked(any_drawing)
    before = head()

    again = marking.mark(any_drawing.draw, ODD, writer=any_drawing.house.writer, seat=1, at=any_drawing.after_closing)

    assert (again, Mark.objects.count(), head()) == (0, 2, before)


def test_a_mark_that_stands_stays_in_the_list_with_its_reason(any_drawing):
    _three, five = marked(any_drawing)
    decide(any_drawing, five, stands=False)

    any_drawing.close_list(marking.excluded(any_drawing.draw))

    places = {each: any_drawing.chances(each)[0].place for each in (3, 5, 7)}
    assert {each: place.mark for each, place in places.items()} == {3: "even-pace", 5: "", 7: ""}
    assert queries.frozen_of(any_drawing.draw).excluded == 1


def test_an_appeal_keeps_the_list_open_until_somebody_decides(any_drawing):
    three, _five = marked(any_drawing)
    assert marking.appeal(three, "我念给奶奶听，她答", at=any_drawing.after_closing) is True
    before = head()

    with pytest.raises(TooEarly, match="appeals"):
        any_drawing.close_list(marking.excluded(any_drawing.draw))
    assert (any_drawing.draw.listed_id, head()) == (None, before)

    decide(any_drawing, three, stands=False)
    any_drawing.close_list(marking.excluded(any_drawing.draw))
    assert queries.frozen_of(any_drawing.draw).excluded == 1


def test_a_decision_is_taken_once_and_ends_the_appeal(any_drawing):
    three, _five = marked(any_drawing)
    decide(any_drawing, three, stands=True)
    before = head()

    with pytest.raises(Done):
        decide(any_drawing, three, stands=False)

    assert marking.appeal(three, "还是我", at=any_drawing.after_closing) is False
    assert (Appeal.objects.count(), head()) == (0, before)


def test_nobody_is_marked_after_the_list_is_closed(any_drawing):
    any_drawing.earn(range(1, 9))
    any_drawing.close_list()
    before = head()

    with pytest.raises(Done):
        marking.mark(any_drawing.draw, ODD, writer=any_drawing.house.writer, seat=1, at=any_drawing.after_closing)

    assert (Mark.objects.count(), head()) == (0, before)


def test_a_new_appeal_takes_the_place_of_the_old_one(any_drawing):
    three, _five = marked(any_drawing)
    for text in ("一", "二"):
        marking.appeal(three, text, at=any_drawing.after_closing)

    assert [each.text for each in Appeal.objects.all()] == ["二"]
