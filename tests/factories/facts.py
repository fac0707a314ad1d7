"""Facts as people cause them, appended through the house's own writer."""

from __future__ import annotations

from datetime import datetime

from cyberweek.activities.quiz.facts import AnswerGiven
from cyberweek.kernel.clock import to_ms
from cyberweek.ledger.fact import Fact
from cyberweek.ledger.journal import Append, Writer


def answer(writer: Writer, *, activity: int, participant: int, at: datetime, stream: int) -> None:
    """An answer to a question of a quiz."""
    fact = AnswerGiven(0, "q-1", "law", (0,), right=True, took_ms=3_000)
    writer.append(Append(stream, 1, to_ms(at), [fact], activity, 1, participant))


def official(writer: Writer, fact: Fact, *, seat: int, at: datetime, stream: int) -> None:
    """An official act of a seat."""
    writer.append(Append(stream, 1, to_ms(at), [fact], actor=-seat))
