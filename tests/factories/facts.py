"""Facts as people cause them, appended through the house's own writer."""

from __future__ import annotations

from datetime import datetime

from cyberweek.activities.quiz.facts import AnswerGiven
from cyberweek.kernel.clock import to_ms
from cyberweek.ledger.journal import Append, Writer


def answered(*, activity: int, participant: int, at: datetime, stream: int) -> Append:
    """An answer to a question of a quiz, still to be appended."""
    fact = AnswerGiven(0, "q-1", "law", (0,), right=True, took_ms=3_000)
    return Append(stream, 1, to_ms(at), [fact], activity, 1, participant)


def answer(writer: Writer, *, activity: int, participant: int, at: datetime, stream: int) -> None:
    """An answer to a question of a quiz."""
    writer.append(answered(activity=activity, participant=participant, at=at, stream=stream))
