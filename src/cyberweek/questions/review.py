"""Two people for each question: one writes, another lets it stand or sends it back. The only writer of stages.

Who somebody is follows from the seat: reviewer and author may neither share a seat nor be one person in two seats.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from cyberweek.kernel.clock import to_ms
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.ledger.fact import Origin
from cyberweek.ledger.journal import Append, Writer
from cyberweek.people.models import Seat
from cyberweek.questions.facts import QuestionReviewed
from cyberweek.questions.models import Question, Step
from cyberweek.questions.queries import own_among
from cyberweek.questions.services import Moved

_ids = StreamIds(Node.QUESTIONS)


class OwnWork(Exception):
    """Raised when people would review what they wrote or changed; the message is the question's code."""


class Unexplained(Exception):
    """Raised when a question without an explanation would be reviewed: every answer is explained."""


class NotNow(Exception):
    """Raised when a question is not at the stage for this; the message is its code."""


class NoReason(Exception):
    """Raised when a question would be sent back without saying why."""


def ask(questions: Collection[Question], *, seat: Seat, at: datetime) -> int:
    """Hand questions to a second person; returns how many. Raises NotNow, Unexplained, and then hands none."""
    with transaction.atomic():
        locked = _locked([each.pk for each in questions], Question.Stage.WRITING)
        for question in locked:
            if not question.explanation:
                raise Unexplained(question.code)
        _move(locked, Question.Stage.WAITING, Step.Act.ASKED, seat=seat, at=at)
    return len(locked)


def approve(
    seen: Mapping[int, str], *, seat: Seat, writer: Writer, at: datetime, origin: int = Origin.REAL
) -> list[Question]:
    """Let questions stand as they were seen: primary key → digest. Raises NotNow, Moved or OwnWork, and then lets none."""
    with transaction.atomic():
        locked = _locked(list(seen), Question.Stage.WAITING)
        _refuse_moved(locked, seen)
        _refuse_own(locked, seat, at)
        _move(locked, Question.Stage.REVIEWED, Step.Act.PASSED, seat=seat, at=at)
    for result in writer.append_all([_record(each, seat, at, origin) for each in locked]):
        if isinstance(result, Exception):
            raise result
    return locked


def send_back(question: Question, reason: str, *, seat: Seat, at: datetime) -> None:
    """Give a question back to its author with the reason. Raises NotNow, NoReason or OwnWork."""
    if not reason.strip():
        raise NoReason
    with transaction.atomic():
        locked = _locked([question.pk], Question.Stage.WAITING)
        _refuse_own(locked, seat, at)
        _move(locked, Question.Stage.WRITING, Step.Act.RETURNED, seat=seat, at=at, reason=reason.strip())


def _locked(keys: Collection[int], stage: Question.Stage) -> list[Question]:
    locked = list(Question.objects.select_for_update().filter(pk__in=keys).order_by("pk"))
    for question in locked:
        if question.stage != stage:
            raise NotNow(question.code)
    return locked


def _refuse_moved(questions: Collection[Question], seen: Mapping[int, str]) -> None:
    for question in questions:
        if question.digest != seen[question.pk]:
            raise Moved(question.code)


def _refuse_own(questions: Collection[Question], seat: Seat, at: datetime) -> None:
    own = own_among([each.pk for each in questions], seat, at)
    for question in questions:
        if question.pk in own:
            raise OwnWork(question.code)


def _move(
    questions: Collection[Question], stage: Question.Stage, act: Step.Act, *, seat: Seat, at: datetime, reason: str = ""
) -> None:
    Question.objects.filter(pk__in=[each.pk for each in questions]).update(stage=stage)
    Step.objects.bulk_create(
        Step(question=each, act=act, seat=seat, at=at, digest=each.digest, reason=reason) for each in questions
    )
    for each in questions:
        each.stage = stage


def _record(question: Question, seat: Seat, at: datetime, origin: int) -> Append:
    fact = QuestionReviewed(question.code, question.digest)
    return Append(stream=_ids.mint(to_ms(at)), step=1, at=to_ms(at), facts=[fact], actor=-seat.pk, origin=origin)
