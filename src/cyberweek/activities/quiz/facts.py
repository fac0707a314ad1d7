"""What a quiz records. Names and versions never change once written."""

from __future__ import annotations

from typing import ClassVar

from cyberweek.ledger.fact import Fact


class AnswerGiven(Fact, frozen=True):
    """A question of a paper was answered: which positions of the published options, and what was told then."""

    KIND: ClassVar[str] = "quiz.answer-given"

    place: int
    item: str
    topic: str
    choice: tuple[int, ...]
    right: bool
    took_ms: int


class PaperSubmitted(Fact, frozen=True):
    """The last question of a paper was answered."""

    KIND: ClassVar[str] = "quiz.paper-submitted"

    right: int
    of: int
    passed: bool
