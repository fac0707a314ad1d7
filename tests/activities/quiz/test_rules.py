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
from cyberweek.activities.quiz.component import COMPONENT
from cyberweek.activities.quiz.facts import AnswerGiven, ClassPaperSubmitted, PaperSubmitted, PaperSubmitted1
from cyberweek.activities.quiz.rules import GiveAnswer, Mode
from cyberweek.component.facts import ChanceEarned
from cyberweek.component.rules import BadForm, Refused
from cyberweek.kernel.clock import to_ms
from cyberweek.kernel.codec import canonical
from cyberweek.kernel.ids import StreamIds
from cyberweek.ledger.fact import FactTypes, Row
from cyberweek.people.ticket import Attempt

spec = importlib.util.spec_from_file_location("quiz_example", Path(__file__).with_name("example.py"))
example = importlib.util.module_from_spec(spec)
spec.loader.exec_module(example)

AT = to_ms(datetime(2026, 11, 24, 2, tzinfo=UTC))
STREAM = StreamIds().mint(AT)


def attempt(participant: int = 42) -> Attempt:
    return Attempt(7, 1, participant, STREAM)


def play(
    snapshot, *, right: bool = True, answers: int = 99, mode: int = Mode.DAILY, group: int = 0,
    leave_out: type | None = None, **said: str,
):  # fmt: skip
    paper, told = rules.start(snapshot, attempt()._replace(mode=mode, group=group)), []
    at = AT
    while len(paper.answers) < answers and (command := example.next_command(paper, right=right)) is not None:
        at += 1_000
        command = msgspec.structs.replace(command, **said)
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


def said(snapshot, choices: list[tuple[int, ...]]) -> list[bytes]:
    """Everything that is sent to a phone that gives these answers, in order."""
    paper = rules.start(snapshot, attempt())
    sent = [canonical(rules.show(snapshot, paper))]
    for place, choice in enumerate(choices):
        facts = rules.decide(snapshot, paper, GiveAnswer(place, choice), AT + 1_000 * (place + 1))
        for fact in facts:
            paper = rules.evolve(snapshot, paper, fact, AT)
        sent.append(canonical(rules.tell(snapshot, paper, facts)))
    return sent


def with_other_keys(snapshot, spared: set[str]):
    """The same questions, but for a few with other right answers and other explanations."""
    items = tuple(
        each if each.code in spared else msgspec.structs.replace(
            each, answer=(0,) if each.answer != (0,) else (1,), explanation=f"另一个{each.explanation}", basis="《另一部》")
        for each in snapshot.items
    )  # fmt: skip
    return msgspec.structs.replace(snapshot, items=items)


def test_nothing_sent_before_an_answer_depends_on_what_is_right():
    """All that was sent before an answer is the same, byte for byte, had every key not yet told been another."""
    snapshot = example.snapshot()
    placed = rules.start(snapshot, attempt()).placed
    choices = [example.next_command(play(snapshot, answers=place)[0], right=False).choice for place in range(4)]
    sent = said(snapshot, choices)

    for answered in range(4):
        other = with_other_keys(snapshot, {each.item.code for each in placed[:answered]})
        assert said(other, choices)[: answered + 1] == sent[: answered + 1]
        assert said(other, choices)[answered + 1] != sent[answered + 1]


def test_a_paper_is_handed_over_whole_when_it_begins_and_not_when_it_is_done():
    snapshot = example.snapshot()
    begun, paused, done = (play(snapshot, answers=answers)[0] for answers in (0, 2, 4))

    opened = [rules.show(snapshot, each) for each in (begun, paused, done)]

    assert [len(each.questions) for each in opened] == [4, 4, 0]
    assert opened[0].questions == tuple(rules.shown(begun, place) for place in range(4))
    assert [each.next and each.next.place for each in opened] == [0, 2, None]
    assert [each.result is not None for each in opened] == [False, False, True]


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


def test_a_learning_paper_may_be_about_one_topic():
    snapshot = example.snapshot()
    paper, told = play(snapshot, mode=Mode.TOPIC + 1)

    assert [placed.item.topic for placed in paper.placed] == ["fraud"] * 4
    assert told[-1][-1] == PaperSubmitted(4, 4, True, "learning")


def test_a_topic_with_few_questions_makes_a_shorter_paper():
    snapshot = example.snapshot(
        items=tuple(example.item(n, t) for t, count in (("law", 8), ("fraud", 2)) for n in range(count))
    )

    assert len(rules.start(snapshot, attempt()._replace(mode=Mode.TOPIC + 1)).placed) == 2


@pytest.mark.parametrize(
    ("mode", "group", "may"),
    [(0, 0, True), (1, 0, True), (2, 0, False), (3, 0, False), (16, 0, True), (17, 0, True), (18, 0, False),
     (-1, 0, False), (2, 5, True), (0, 5, False), (1, 5, False), (16, 5, False)],
)  # fmt: skip
def test_who_may_begin_in_which_way(mode, group, may):
    assert rules.may_begin(example.snapshot(), mode, group) is may


def test_a_class_paper_names_its_class_by_number_and_earns_nothing():
    snapshot = example.snapshot(gives_chances=True)
    paper, told = play(snapshot, mode=Mode.CLASS, group=3, district="east", unit="school-1")

    assert told[-1][1:] == (PaperSubmitted(4, 4, True, "class"), ClassPaperSubmitted(3))
    assert rules.result(snapshot, paper).chance == "none"


@pytest.mark.parametrize(
    ("mode", "district", "unit", "recorded"),
    [
        (Mode.DAILY, "east", "school-1", PaperSubmitted(4, 4, True, "daily", "east", "school-1")),
        (Mode.DAILY, "", "", PaperSubmitted(4, 4, True)),
        (Mode.LEARNING, "east", "school-1", PaperSubmitted(4, 4, True, "learning")),
    ],
)
def test_a_daily_paper_counts_for_whom_the_participant_said(mode, district, unit, recorded):
    _paper, told = play(example.snapshot(), mode=mode, district=district, unit=unit)

    assert told[-1][-1] == recorded


@pytest.mark.parametrize("said", [{"district": "nowhere"}, {"unit": "张三，13800000000"}, {"unit": "east"}])
def test_a_code_that_the_release_does_not_have_is_refused(said):
    snapshot = example.snapshot()
    paper, _told = play(snapshot, answers=3)
    command = msgspec.structs.replace(example.next_command(paper), **said)

    assert rules.decide(snapshot, paper, command, AT + 9_999) == Refused("unknown-unit")


def test_papers_of_before_are_still_read():
    row = Row(1, 1, 1, 0, AT, "quiz.paper-submitted", 1, 7, 1, 5, 0, b'{"right":1,"of":2,"passed":false}', b"")

    fact = FactTypes(COMPONENT.facts).read(row)

    assert (fact, fact.district, fact.unit, fact.mode) == (PaperSubmitted1(1, 2, False), "", "", "")


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
    fields = {"place": ["2"], "choice": ["3", "1", "3"]}

    assert rules.read_form(fields) == GiveAnswer(2, (1, 3))
    assert rules.read_form(fields | {"district": ["east"], "unit": ["u"]}) == GiveAnswer(2, (1, 3), "east", "u")


@pytest.mark.parametrize("fields", [{}, {"place": ["x"]}, {"place": ["1"], "choice": ["a"]}])
def test_read_form_refuses_what_is_no_number(fields):
    with pytest.raises(BadForm):
        rules.read_form(fields)
