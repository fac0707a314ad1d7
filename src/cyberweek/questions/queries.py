"""Read the bank. Never writes."""

from __future__ import annotations

from datetime import date

from cyberweek.questions.models import Basis, Question


def questions_on(day: date) -> list[tuple[Question, Basis | None]]:
    """Every question that holds on a day, with the citation that holds then, in the order of their codes."""
    held = []
    for question in Question.objects.prefetch_related("bases").select_related("topic"):
        basis = basis_on(question, day)
        if _covers(question, day) and (basis is not None or not question.bases.all()):
            held.append((question, basis))
    return held


def basis_on(question: Question, day: date) -> Basis | None:
    """The citation of a question that is in force on a day."""
    return next((basis for basis in question.bases.all() if _covers(basis, day)), None)


def lapsed_on(codes: list[str], day: date) -> list[Question]:
    """Which of the named questions do not hold on a day."""
    held = {question.code for question, _ in questions_on(day)}
    return [each for each in Question.objects.filter(code__in=codes) if each.code not in held]


def _covers(row: Question | Basis, day: date) -> bool:
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or day <= row.valid_to)
