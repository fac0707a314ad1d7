"""Change a quiz's draft, publish it, and keep its classes. The only writer of the quiz's tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.db import transaction

from cyberweek.activities.quiz.models import ChosenQuestion, ClassCode, Classroom, Quiz
from cyberweek.activities.quiz.queries import missing, snapshot_of
from cyberweek.component import services as component
from cyberweek.component.cloning import copied
from cyberweek.component.models import Release
from cyberweek.component.ports import Copying
from cyberweek.component.services import NotReady
from cyberweek.kernel.codes import mint_code
from cyberweek.ledger.fact import Origin
from cyberweek.ledger.journal import Writer
from cyberweek.plan.models import Activity
from cyberweek.questions.models import Question
from cyberweek.questions.queries import questions_on
from cyberweek.units.models import Unit

Blueprint = Sequence[Mapping[str, object]]


class BadSetting(Exception):
    """Raised when a quiz's settings contradict each other; the message says how."""


@transaction.atomic
def save_settings(
    activity: Activity, *, opens: datetime, closes: datetime, pass_percent: int, blueprint: Blueprint
) -> Quiz:
    """Create or change the draft; a new one chooses every reviewed question that holds on its opening day."""
    if opens >= closes:
        raise BadSetting("opens must be before closes")
    wanted = {"opens": opens, "closes": closes, "pass_percent": pass_percent, "blueprint": list(blueprint)}
    quiz, is_new = Quiz.objects.update_or_create(activity=activity, defaults=wanted)
    if is_new:
        choose_all(quiz, opens)
    return quiz


def choose_all(quiz: Quiz, at: datetime) -> int:
    """Use every reviewed question of the bank that holds at a moment; returns how many."""
    reviewed = Question.Stage.REVIEWED
    held = [question.pk for question, _basis in questions_on(at.date()) if question.stage == reviewed]
    choose(quiz, held)
    return len(held)


@transaction.atomic
def choose(quiz: Quiz, questions: Sequence[int]) -> None:
    """Use exactly these questions of the bank."""
    ChosenQuestion.objects.filter(quiz=quiz).delete()
    ChosenQuestion.objects.bulk_create(ChosenQuestion(quiz=quiz, question_id=each) for each in sorted(set(questions)))


def publish(quiz: Quiz, *, writer: Writer, seat: int, at: datetime, origin: int = Origin.REAL) -> Release:
    """Make the draft what people see; raises NotReady with everything that is missing."""
    problems = missing(quiz.activity)
    if problems:
        raise NotReady(problems)
    return component.publish(quiz.activity, snapshot_of(quiz), writer=writer, seat=seat, at=at, origin=origin)


@transaction.atomic
def make_class(activity: Activity, *, unit: Unit, name: str, at: datetime, below: Callable[[int], int]) -> Classroom:
    """Let a class play together under a code of its own; `below` gives random numbers."""
    classroom = Classroom.objects.create(activity=activity, unit=unit, name=name, made_at=at)
    text = mint_code(below)
    while ClassCode.objects.filter(text=text).exists():
        text = mint_code(below)
    ClassCode.objects.create(classroom=classroom, activity=activity, text=text)
    return classroom


def close_class(code: ClassCode, *, at: datetime) -> None:
    """Admit nobody any more; papers that are under way may come in."""
    code.closed_at = at
    code.save(update_fields=["closed_at"])


def open_class(code: ClassCode) -> None:
    """Admit pupils again."""
    code.closed_at = None
    code.save(update_fields=["closed_at"])


def copy_drafts(copying: Copying) -> None:
    """Set quizzes of another year as they were set before, with the same questions; classes are of their own year."""
    for original, copy in copying.activities:
        for quiz in Quiz.objects.filter(activity=original):
            again = copied(quiz, copying.by, activity=copy)
            again.save(force_insert=True)
            rows = [copied(each, copying.by, quiz=again) for each in ChosenQuestion.objects.filter(quiz=quiz)]
            ChosenQuestion.objects.bulk_create(rows)
