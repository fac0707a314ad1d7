"""The rules of a paper. Pure: the same snapshot, state, command and moment always give the same facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

import msgspec

from cyberweek.activities.quiz.facts import AnswerGiven, ClassPaperSubmitted, PaperSubmitted
from cyberweek.activities.quiz.paper import Placed, draw
from cyberweek.activities.quiz.snapshot import QuizSnapshot, TopicAdvice
from cyberweek.component.facts import ChanceEarned
from cyberweek.component.rules import BadForm, Refused, Rules, refuse_by_window
from cyberweek.kernel.clock import day_of
from cyberweek.kernel.ids import minted_at_ms
from cyberweek.ledger.fact import Fact
from cyberweek.people.ticket import Attempt

MINUTE = 60_000


class GiveAnswer(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """Answer the question at a place of the paper with positions as they were shown.

    With the last answer goes for which district and unit somebody plays, when they want to say it.
    """

    place: int
    choice: tuple[int, ...]
    district: str = ""
    unit: str = ""


class Mode(IntEnum):
    """How a paper is played: the daily one may earn a chance, learning and a class's paper never do.

    A learning paper about one topic has the mode TOPIC plus the topic's place in the release.
    """

    DAILY = 0
    LEARNING = 1
    CLASS = 2
    TOPIC = 16


class Paper(msgspec.Struct, frozen=True, gc=False):
    """The state of one attempt: the drawn questions, the answers so far by place, and when the last one came.

    `classroom` is the number of the class for which it is played, 0 for none; `chance` is the day for which it earned a
    chance, '' when it earned none.
    """

    placed: tuple[Placed, ...]
    answers: tuple[AnswerGiven, ...]
    begun_at: int
    last_at: int
    mode: int = Mode.DAILY
    classroom: int = 0
    chance: str = ""

    @property
    def right(self) -> int:
        return sum(answer.right for answer in self.answers)

    @property
    def finished(self) -> bool:
        return len(self.answers) == len(self.placed)


class Shown(msgspec.Struct, frozen=True, gc=False):
    """A question as a participant sees it: nothing in it tells what is right."""

    place: int
    of: int
    kind: str
    topic: str
    stem: str
    options: tuple[str, ...]


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What is told once an answer is locked; `correct` are positions as they were shown."""

    place: int
    right: bool
    correct: tuple[int, ...]
    explanation: str
    basis: str


class TopicResult(msgspec.Struct, frozen=True, gc=False):
    """How a topic went, and what to learn next when something was missed."""

    code: str
    name_zh: str
    name_en: str
    right: int
    of: int
    advice_zh: str
    advice_en: str


class Result(msgspec.Struct, frozen=True, gc=False):
    """A finished paper. `chance`: 'earned' by this paper, 'had' already that day, or 'none' to be had."""

    right: int
    of: int
    percent: int
    passed: bool
    topics: tuple[TopicResult, ...]
    chance: str


class Opened(msgspec.Struct, frozen=True, gc=False):
    """An attempt as it begins or is taken up again: its questions, and then either the next one or the result.

    A phone has every question from the beginning, so that it can go on without a network.
    """

    questions: tuple[Shown, ...]
    next: Shown | None
    result: Result | None


class Told(msgspec.Struct, frozen=True, gc=False):
    """The answer to GiveAnswer: the verdict, and then either the next question or the result."""

    verdict: Verdict | None
    next: Shown | None
    result: Result | None


def may_begin(snapshot: QuizSnapshot, mode: int, group: int) -> bool:
    """A class's paper needs the class's admission, and every other is played without one."""
    if group or mode == Mode.CLASS:
        return bool(group) and mode == Mode.CLASS
    return mode in (Mode.DAILY, Mode.LEARNING) or 0 <= mode - Mode.TOPIC < len(snapshot.topics)


def start(snapshot: QuizSnapshot, attempt: Attempt) -> Paper:
    topic = attempt.mode - Mode.TOPIC
    blueprint = snapshot.of_topic(snapshot.topics[topic].code) if topic >= 0 else ()
    placed = draw(snapshot, attempt.participant, attempt.stream, blueprint)
    begun_at = minted_at_ms(attempt.stream)
    return Paper(placed, (), begun_at, begun_at, attempt.mode, attempt.group)


def decide(snapshot: QuizSnapshot, paper: Paper, command: GiveAnswer, at: int) -> Sequence[Fact] | Refused:
    """Lock an answer; the last one submits the paper, and a daily paper that passes earns a chance."""
    refused = _refusal(snapshot, paper, command, at)
    if refused is not None:
        return refused
    answer = _answer(paper.placed[command.place], command, at - paper.last_at)
    if command.place + 1 < len(paper.placed):
        return (answer,)
    submitted = _submitted(snapshot, paper, answer, command)
    if paper.classroom:
        return (answer, submitted, ClassPaperSubmitted(paper.classroom))
    if submitted.passed and _may_earn(snapshot, paper):
        return (answer, submitted, ChanceEarned(day_of(at).isoformat()))
    return (answer, submitted)


def _refusal(snapshot: QuizSnapshot, paper: Paper, command: GiveAnswer, at: int) -> Refused | None:
    """In time, at the next open place, not faster than a person reads, with positions that exist; else why not.

    Answers that a phone kept while it had no network arrive together: the pace counts from the paper's beginning.
    """
    untimely = refuse_by_window(snapshot, at)
    if untimely is not None and not _is_under_way(snapshot, paper, at):
        return untimely
    if paper.finished:
        return Refused("finished")
    if command.place != len(paper.answers):
        return Refused("already-answered" if command.place < len(paper.answers) else "not-yet")
    if not _is_possible(paper.placed[command.place], command.choice):
        return Refused("impossible-choice")
    if not _is_known(snapshot, command):
        return Refused("unknown-unit")
    if at - paper.begun_at < snapshot.least_ms * (command.place + 1):
        return Refused("too-fast")
    return None


def evolve(snapshot: QuizSnapshot, paper: Paper, fact: Fact, at: int) -> Paper:  # noqa: ARG001 -- the contract's shape
    placed, answers, begun_at, last_at, mode, classroom, chance = msgspec.structs.astuple(paper)
    if isinstance(fact, AnswerGiven):
        return Paper(placed, (*answers, fact), begun_at, at, mode, classroom, chance)
    if isinstance(fact, ChanceEarned):
        return Paper(placed, answers, begun_at, last_at, mode, classroom, fact.day)
    return paper


def show(snapshot: QuizSnapshot, paper: Paper) -> Opened:
    """What an attempt looks like when it begins or is taken up again."""
    if paper.finished:
        return Opened((), None, result(snapshot, paper))
    questions = tuple(shown(paper, place) for place in range(len(paper.placed)))
    return Opened(questions, questions[len(paper.answers)], None)


def tell(snapshot: QuizSnapshot, paper: Paper, facts: Sequence[Fact]) -> Told:
    """The answer to the command that led to these facts; `paper` may have moved on since."""
    answer = next(fact for fact in facts if isinstance(fact, AnswerGiven))
    said, done = verdict(paper, answer), answer.place + 1
    if done == len(paper.placed):
        return Told(said, None, result(snapshot, paper))
    return Told(said, shown(paper, done), None)


def verdict(paper: Paper, answer: AnswerGiven) -> Verdict:
    placed = paper.placed[answer.place]
    correct = tuple(shown for shown, real in enumerate(placed.order) if real in placed.item.answer)
    return Verdict(answer.place, answer.right, correct, placed.item.explanation, placed.item.basis)


def shown(paper: Paper, place: int) -> Shown:
    """The question at a place, options in the order of this paper."""
    item, order = paper.placed[place].item, paper.placed[place].order
    options = tuple(item.options[each] for each in order) if item.options else ()
    return Shown(place, len(paper.placed), item.kind, item.topic, item.stem, options)


def result(snapshot: QuizSnapshot, paper: Paper) -> Result:
    """Right answers in all and by topic; advice only where something was missed."""
    of = len(paper.placed)
    topics = tuple(
        each for advice in snapshot.topics if (each := _topic_result(advice, paper)) is not None
    )  # fmt: skip
    passed = _passes(snapshot, paper.right, of)
    chance = "earned" if paper.chance else "had" if passed and _may_earn(snapshot, paper) else "none"
    return Result(paper.right, of, paper.right * 100 // of, passed, topics, chance)


def read_form(fields: Mapping[str, Sequence[str]]) -> GiveAnswer:
    try:
        place = int(fields["place"][0])
        choice = tuple(sorted({int(each) for each in fields.get("choice", ())}))
    except (KeyError, IndexError, ValueError):
        raise BadForm("place and choice must be numbers") from None
    return GiveAnswer(place, choice, fields.get("district", [""])[0], fields.get("unit", [""])[0])


def _submitted(snapshot: QuizSnapshot, paper: Paper, last: AnswerGiven, command: GiveAnswer) -> PaperSubmitted:
    """Only a daily paper counts for a district or a unit: who practises a lot does not outweigh who plays once a day."""
    right, of = paper.right + last.right, len(paper.placed)
    passed = _passes(snapshot, right, of)
    if paper.mode == Mode.DAILY:
        return PaperSubmitted(right, of, passed, "daily", command.district, command.unit)
    return PaperSubmitted(right, of, passed, "class" if paper.mode == Mode.CLASS else "learning")


def _answer(placed: Placed, command: GiveAnswer, took_ms: int) -> AnswerGiven:
    chosen = tuple(sorted(placed.order[each] for each in command.choice))
    item = placed.item
    return AnswerGiven(command.place, item.code, item.topic, chosen, chosen == item.answer, took_ms)


def _is_possible(placed: Placed, choice: tuple[int, ...]) -> bool:
    if len(choice) != 1 and placed.item.kind not in ("multiple", "tap"):
        return False
    return 0 < len(choice) == len(set(choice)) and min(choice) >= 0 and max(choice) < len(placed.order)


def _is_known(snapshot: QuizSnapshot, command: GiveAnswer) -> bool:
    """Codes of the release and nothing else, so that no text of anybody's gets into the ledger."""
    return (not command.district or command.district in snapshot.district_codes) and (
        not command.unit or command.unit in snapshot.unit_codes
    )


def _passes(snapshot: QuizSnapshot, right: int, of: int) -> bool:
    return right * 100 >= snapshot.pass_percent * of


def _is_under_way(snapshot: QuizSnapshot, paper: Paper, at: int) -> bool:
    """True after closing, while a paper that was begun before it may still come in."""
    window = snapshot.window
    last = paper.begun_at + (snapshot.paper_minutes + snapshot.grace_minutes) * MINUTE
    return window.opens_ms <= paper.begun_at < window.closes_ms <= at < last


def _may_earn(snapshot: QuizSnapshot, paper: Paper) -> bool:
    return snapshot.gives_chances and paper.mode == Mode.DAILY


def _topic_result(advice: TopicAdvice, paper: Paper) -> TopicResult | None:
    answers = [answer for answer in paper.answers if answer.topic == advice.code]
    if not answers:
        return None
    right = sum(answer.right for answer in answers)
    missed = right < len(answers)
    return TopicResult(
        advice.code,
        advice.name_zh,
        advice.name_en,
        right,
        len(answers),
        advice.advice_zh if missed else "",
        advice.advice_en if missed else "",
    )


RULES = Rules(
    command=GiveAnswer, start=start, decide=decide, evolve=evolve, open=show, tell=tell, read_form=read_form,
    may_begin=may_begin,
)  # fmt: skip
