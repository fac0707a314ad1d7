"""Read the bank. Never writes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

import msgspec
from django.db.models import QuerySet

from cyberweek.kernel.codec import canonical, digest
from cyberweek.people.models import Seat
from cyberweek.people.queries import who_held
from cyberweek.questions.draft import Cited, QuestionDraft
from cyberweek.questions.formats.confined import Reading
from cyberweek.questions.importing import ImportPlan, plan
from cyberweek.questions.models import BankUpload, Basis, Question, Step, Topic

WRITING_ACTS = (Step.Act.WROTE, Step.Act.IMPORTED, Step.Act.CHANGED)


def questions_on(day: date) -> list[tuple[Question, Basis | None]]:
    """Every question that holds on a day, with the citation that holds then, in the order of their codes."""
    return [(each, basis_on(each, day)) for each in whole(Question.objects.all()) if holds_on(each, day)]


def basis_on(question: Question, day: date) -> Basis | None:
    """The citation of a question that is in force on a day."""
    return next((basis for basis in question.bases.all() if _covers(basis, day)), None)


def holds_on(question: Question, day: date) -> bool:
    """True when the question, and the law that makes its answer right, hold on a day."""
    return _covers(question, day) and (basis_on(question, day) is not None or not question.bases.all())


def lapsed_on(codes: list[str], day: date) -> list[Question]:
    """Which of the named questions do not hold on a day."""
    return [each for each in whole(Question.objects.filter(code__in=codes)) if not holds_on(each, day)]


def whole(questions: QuerySet[Question]) -> QuerySet[Question]:
    """Questions with everything that they say, in a constant number of queries."""
    return questions.select_related("topic").prefetch_related("bases")


def find(code: str) -> Question | None:
    return whole(Question.objects.filter(code=code)).first()


def draft_of(question: Question) -> QuestionDraft:
    """What a question says, as formats carry it."""
    return QuestionDraft(
        kind=question.kind,
        stem=question.stem,
        options=tuple(question.options),
        answer=tuple(question.answer),
        explanation=question.explanation,
        topic=question.topic_id,
        code=question.code,
        difficulty=question.difficulty,
        situational=question.situational,
        source=question.source,
        bases=tuple(Cited(each.law, each.article, each.valid_from, each.valid_to) for each in question.bases.all()),
        valid_from=question.valid_from,
        valid_to=question.valid_to,
    )


def drafts(codes: Collection[str] | None = None) -> list[QuestionDraft]:
    """The bank, or the named questions of it, as formats carry them."""
    found = Question.objects.all() if codes is None else Question.objects.filter(code__in=codes)
    return [draft_of(each) for each in whole(found)]


def bank_digest() -> str:
    """Changes whenever any question does; one query."""
    return digest(canonical(list(Question.objects.order_by("code").values_list("code", "digest"))))


def written_by(questions: Collection[int]) -> dict[int, list[Step]]:
    """For each question, the steps in which somebody wrote what it says now: all since it was last reviewed; one query."""
    found: dict[int, list[Step]] = {}
    for step in Step.objects.filter(question__in=questions).order_by("pk"):
        steps = found.setdefault(step.question_id, [])
        if step.act == Step.Act.PASSED:
            steps.clear()
        elif step.act in WRITING_ACTS:
            steps.append(step)
    return found


def trail_of(question: Question) -> list[Step]:
    """What was done to a question, newest first; one query."""
    return list(question.steps.select_related("seat__unit").order_by("-pk"))


def own_among(questions: Collection[int], seat: Seat, at: datetime) -> set[int]:
    """Which of the questions this seat, or whoever holds it, wrote: another person has to review them. Two queries."""
    written = written_by(questions)
    moments = {(step.seat_id, step.at) for steps in written.values() for step in steps}
    held = who_held({(seat.pk, at), *moments})
    mine = held[seat.pk, at]
    return {
        question
        for question, steps in written.items()
        if any(step.seat_id == seat.pk or held[step.seat_id, step.at] & mine for step in steps)
    }


def topics() -> list[Topic]:
    return list(Topic.objects.order_by("code"))


def topic_names() -> dict[str, str]:
    """The code of a topic by every name that it has."""
    return {name: each.code for each in topics() for name in (each.code, each.name_zh, each.name_en)}


def waiting_uploads() -> list[BankUpload]:
    """Files that wait to be confirmed, without their bodies; one query."""
    return list(BankUpload.objects.defer("body", "read").select_related("seat__unit"))


def import_plan(upload: BankUpload) -> ImportPlan:
    """What an upload would do to the bank as it is now, in a constant number of queries."""
    reading = msgspec.json.decode(bytes(upload.read), type=Reading)
    return plan(reading.outcomes, drafts(), topic_names(), upload.topics)


def _covers(row: Question | Basis, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)
