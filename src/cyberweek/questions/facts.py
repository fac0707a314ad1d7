"""Official acts on questions. The seat that acted is in the row's actor; what a question says stays out of facts."""

from __future__ import annotations

from typing import ClassVar

from cyberweek.ledger.fact import Fact


class QuestionReviewed(Fact, frozen=True):
    """A second person let a question stand; `digest` is the SHA-256 of what it said."""

    KIND: ClassVar[str] = "question.reviewed"

    code: str
    digest: str


FACTS = (QuestionReviewed,)
