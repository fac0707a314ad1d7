"""The rules of a paper. Pure: the same snapshot, state, command and moment always give the same facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum

import msgspec

from cyberweek.activities.quiz.facts import AnswerGiven, PaperSubmitted
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
    """Answer the question at a place of the paper with positions as they were shown."""

    place: int
    choice: tuple[int, ...]


class Mode(IntEnum):
    """How a paper is played: the daily one may earn a chance, learning never does."""

    DAILY = 0
    LEARNING = 1


class Paper(msgspec.Struct, frozen=True, gc=False):
    """The state of one attempt: the drawn questions, the answers so far by place, and when the last one came.

    `chance` is the day for which it earned a chance, '' when it earned none.
    """

    placed: tuple[Placed, ...]
    answers: tuple[AnswerGiven, ...]
    begun_at: int
    last_at: int
    mode: int = Mode.DAILY
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


class Told(msgspec.Struct, frozen=True, gc=False):
    """The answer to GiveAnswer: the verdict, and then either the next question or the result."""

    verdict: Verdict | None
    next: Shown | None
    result: Result | None


def start(snapshot: QuizSnapshot, attempt: Attempt) -> Paper:
    placed = draw(snapshot, attempt.participant, attempt.stream)
    begun_at = minted_at_ms(attempt.stream)
    return Paper(placed, (), begun_at, begun_at, attempt.mode)


def decide(snapshot: QuizSnapshot, paper: Paper, command: GiveAnswer, at: int) -> Sequence[Fact] | Refused:
    """Lock an answer; the last one submits the paper, and a daily paper that passes earns a chance."""
    refused = _refusal(snapshot, paper, command, at)
    if refused is not None:
        return refused
    answer = _answer(paper.placed[command.place], command, at - paper.last_at)
    if command.place + 1 < len(paper.placed):
        return (answer,)
    right, of = paper.right + answer.right, len(paper.placed)
    submitted = PaperSubmitted(right, of, _passes(snapshot, right, of))
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
    if at - paper.begun_at < snapshot.least_ms * (command.place + 1):
        return Refused("too-fast")
    return None


def evolve(snapshot: QuizSnapshot, paper: Paper, fact: Fact, at: int) -> Paper:  # noqa: ARG001 -- the contract's shape
    if isinstance(fact, AnswerGiven):
        return Paper(paper.placed, (*paper.answers, fact), paper.begun_at, at, paper.mode, paper.chance)
    if isinstance(fact, ChanceEarned):
        return Paper(paper.placed, paper.answers, paper.begun_at, paper.last_at, paper.mode, fact.day)
    return paper


def show(snapshot: QuizSnapshot, paper: Paper) -> Told:
    """What an attempt looks like when it begins or is taken up again."""
    return _told(snapshot, paper, None)


def tell(snapshot: QuizSnapshot, paper: Paper, facts: Sequence[Fact]) -> Told:
    """The answer to the command that led to these facts; `paper` may have moved on since."""
    answer = next(fact for fact in facts if isinstance(fact, AnswerGiven))
    answers = paper.answers[: answer.place + 1]
    then = Paper(paper.placed, answers, paper.begun_at, paper.last_at, paper.mode, paper.chance)
    return _told(snapshot, then, verdict(then, answer))


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
    return GiveAnswer(place, choice)


def _told(snapshot: QuizSnapshot, paper: Paper, said: Verdict | None) -> Told:
    if paper.finished:
        return Told(said, None, result(snapshot, paper))
    return Told(said, shown(paper, len(paper.answers)), None)


def _answer(placed: Placed, command: GiveAnswer, took_ms: int) -> AnswerGiven:
    chosen = tuple(sorted(placed.order[each] for each in command.choice))
    item = placed.item
    return AnswerGiven(command.place, item.code, item.topic, chosen, chosen == item.answer, took_ms)


def _is_possible(placed: Placed, choice: tuple[int, ...]) -> bool:
    if len(choice) != 1 and placed.item.kind not in ("multiple", "tap"):
        return False
    return 0 < len(choice) == len(set(choice)) and min(choice) >= 0 and max(choice) < len(placed.order)


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
    modes=len(Mode),
)  # fmt: skip
