"""The rules of a paper."""

from __future__ import annotations

import importlib.util
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberweek.activities.quiz import paper as paper_room
from cyberweek.activities.quiz import rules
from cyberweek.activities.quiz.facts import AnswerGiven, PaperSubmitted
from cyberweek.activities.quiz.rules import GiveAnswer, Mode
from cyberweek.component.facts import ChanceEarned
from cyberweek.component.rules import BadForm, Refused
from cyberweek.kernel.clock import to_ms
from cyberweek.kernel.ids import StreamIds
from cyberweek.people.ticket import Attempt

spec = importlib.util.spec_from_file_location("quiz_example", Path(__file__).with_name("example.py"))
example = importlib.util.module_from_spec(spec)
spec.loader.exec_module(example)

AT = to_ms(datetime(2026, 11, 24, 2, tzinfo=UTC))
STREAM = StreamIds().mint(AT)


def attempt(participant: int = 42) -> Attempt:
    return Attempt(7, 1, participant, STREAM)


def play(snapshot, *, right: bool = True, answers: int = 99, mode: Mode = Mode.DAILY, leave_out: type | None = None):
    paper, told = rules.start(snapshot, attempt()._replace(mode=mode)), []
    at = AT
    while len(paper.answers) < answers and (command := example.next_command(paper, right=right)) is not None:
        at += 1_000
        facts = rules.decide(snapshot, paper, command, at)
        told.append(facts)
        for fact in facts:
            if leave_out is not None and isinstance(fact, leave_out):
                continue
            paper = rules.evolve(snapshot, paper, fact, at)
    return paper, told


def test_a_paper_follows_its_blueprint():
    paper = rules.start(example.snapshot(), attempt())

    assert sorted(placed.item.topic for placed in paper.placed) == ["fraud", "fraud", "law", "law"]
    assert len({placed.item.code for placed in paper.placed}) == 4


def test_the_same_attempt_draws_the_same_paper_and_another_participant_another():
    snapshot = example.snapshot()

    assert rules.start(snapshot, attempt()) == rules.start(snapshot, attempt())
    assert rules.start(snapshot, attempt()) != rules.start(snapshot, attempt(43))


def test_a_right_paper_passes_and_a_wrong_one_does_not():
    right, right_facts = play(example.snapshot())
    wrong, wrong_facts = play(example.snapshot(), right=False)

    assert (right.right, right_facts[-1][-1]) == (4, PaperSubmitted(4, 4, True))
    assert (wrong.right, wrong_facts[-1][-1]) == (0, PaperSubmitted(0, 4, False))


def test_nothing_shown_before_an_answer_tells_what_is_right():
    snapshot = example.snapshot()
    shown = rules.show(snapshot, rules.start(snapshot, attempt()))

    assert set(msgspec.to_builtins(shown)["next"]) == {"place", "of", "kind", "topic", "stem", "options"}
    assert (shown.verdict, shown.result) == (None, None)


def test_the_verdict_names_what_is_right_as_it_was_shown():
    snapshot = example.snapshot()
    paper = rules.start(snapshot, attempt())
    command = example.next_command(paper)
    facts = rules.decide(snapshot, paper, command, AT + 1)
    after = rules.evolve(snapshot, paper, facts[0], AT + 1)

    told = rules.tell(snapshot, after, facts)

    assert (told.verdict.right, told.verdict.correct, told.next.place) == (True, command.choice, 1)


def test_advice_comes_only_where_something_was_missed():
    snapshot = example.snapshot()
    right = rules.result(snapshot, play(snapshot)[0])
    wrong = rules.result(snapshot, play(snapshot, right=False)[0])

    assert [(t.code, t.right, t.of, t.advice_zh) for t in right.topics] == [("law", 2, 2, ""), ("fraud", 2, 2, "")]
    assert [t.advice_zh for t in wrong.topics] == ["读一读条文", "先核实"]


@pytest.mark.parametrize(
    ("command", "at", "reason"),
    [
        (GiveAnswer(0, (0,)), to_ms(datetime(2026, 10, 31, tzinfo=UTC)), "not-open"),
        (GiveAnswer(0, (0,)), to_ms(datetime(2026, 12, 1, 0, 30, tzinfo=UTC)), "closed"),
        (GiveAnswer(1, (0,)), AT, "not-yet"),
        (GiveAnswer(0, (9,)), AT, "impossible-choice"),
        (GiveAnswer(0, ()), AT, "impossible-choice"),
        (GiveAnswer(0, (-1,)), AT, "impossible-choice"),
        (GiveAnswer(0, (0, 0)), AT, "impossible-choice"),
    ],
)
def test_decide_refuses_and_says_why(command, at, reason):
    snapshot = example.snapshot()

    assert rules.decide(snapshot, rules.start(snapshot, attempt()), command, at) == Refused(reason)


@pytest.mark.parametrize(
    ("begun", "late", "reason"),
    [
        ("2026-11-30T23:59", "2026-12-01T00:58", None),
        ("2026-11-30T23:59", "2026-12-01T00:59", "closed"),
        ("2026-11-30T23:00", "2026-12-01T00:00", "closed"),
        ("2026-12-01T00:00", "2026-12-01T00:01", "closed"),
    ],
)
def test_a_paper_begun_in_time_may_come_in_until_its_deadline_and_half_an_hour(begun, late, reason):
    snapshot = example.snapshot()
    paper = rules.start(snapshot, Attempt(7, 1, 42, StreamIds().mint(at_utc(begun))))

    decided = rules.decide(snapshot, paper, example.next_command(paper), at_utc(late))

    assert decided == Refused(reason) if reason else isinstance(decided[0], AnswerGiven)


def at_utc(text: str) -> int:
    return to_ms(datetime.fromisoformat(text).replace(tzinfo=UTC))


def test_answers_that_a_phone_kept_may_arrive_together():
    snapshot = example.snapshot(least_ms=600)
    paper = rules.start(snapshot, attempt())
    for _ in range(4):
        facts = rules.decide(snapshot, paper, example.next_command(paper), AT + 2_400)
        for fact in facts:
            paper = rules.evolve(snapshot, paper, fact, AT + 2_400)

    assert paper.finished


@pytest.mark.parametrize(
    ("mode", "gives_chances", "right", "earned"),
    [(Mode.DAILY, True, True, "earned"), (Mode.DAILY, True, False, "none"), (Mode.LEARNING, True, True, "none"),
     (Mode.DAILY, False, True, "none")],
)  # fmt: skip
def test_a_passed_daily_paper_earns_a_chance(mode, gives_chances, right, earned):
    snapshot = example.snapshot(gives_chances=gives_chances)
    paper, told = play(snapshot, right=right, mode=mode)

    assert rules.result(snapshot, paper).chance == earned
    assert [fact for facts in told for fact in facts if isinstance(fact, ChanceEarned)] == (
        [ChanceEarned("2026-11-24")] if earned == "earned" else []
    )


def test_a_chance_that_was_left_out_is_one_that_was_had_before():
    snapshot = example.snapshot(gives_chances=True)
    paper, _told = play(snapshot, leave_out=ChanceEarned)

    assert rules.result(snapshot, paper).chance == "had"


def test_papers_are_about_equally_easy():
    """Items from very easy to very hard: what is drawn stays near the bank's average all the same."""
    items = tuple(
        msgspec.structs.replace(each, ease=30 + 10 * (n % 8)) for n, each in enumerate(example.snapshot().items)
    )
    snapshot = example.snapshot(items=items)
    drawn = paper_room.spread(snapshot, 2_000)

    assert abs(drawn.mean - 65) < 0.5
    assert drawn.deviation < 3
    assert {item.item.code for n in range(300) for item in paper_room.draw(snapshot, n, n)} == {i.code for i in items}


def test_answers_faster_than_a_person_reads_are_refused():
    snapshot = example.snapshot(least_ms=600)
    paper = rules.start(snapshot, attempt())

    assert rules.decide(snapshot, paper, example.next_command(paper), AT + 599) == Refused("too-fast")
    assert isinstance(rules.decide(snapshot, paper, example.next_command(paper), AT + 600)[0], AnswerGiven)


def test_a_finished_paper_takes_no_more():
    snapshot = example.snapshot()
    paper, _told = play(snapshot)

    assert rules.decide(snapshot, paper, GiveAnswer(4, (0,)), AT + 9_999) == Refused("finished")


def test_a_place_answered_before_is_refused():
    snapshot = example.snapshot()
    paper, _told = play(snapshot, answers=1)

    assert rules.decide(snapshot, paper, GiveAnswer(0, (0,)), AT + 9_999) == Refused("already-answered")


@given(participant=st.integers(0, 2**63 - 1), stream=st.integers(1, 2**62))
def test_every_paper_has_different_questions_and_every_option_once(participant, stream):
    paper = rules.start(example.snapshot(), Attempt(7, 1, participant, stream))

    assert len({placed.item.code for placed in paper.placed}) == 4
    assert all(sorted(p.order) == list(range(len(p.item.options) or 2)) for p in paper.placed)


def test_read_form_reads_places_and_choices():
    assert rules.read_form({"place": ["2"], "choice": ["3", "1", "3"]}) == GiveAnswer(2, (1, 3))


@pytest.mark.parametrize("fields", [{}, {"place": ["x"]}, {"place": ["1"], "choice": ["a"]}])
def test_read_form_refuses_what_is_no_number(fields):
    with pytest.raises(BadForm):
        rules.read_form(fields)
