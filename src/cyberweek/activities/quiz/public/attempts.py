"""An attempt as its page takes it up again: from the signed token that the device keeps, and the facts of its stream."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from cyberweek.activities.quiz import rules
from cyberweek.activities.quiz.facts import FACTS, AnswerGiven
from cyberweek.activities.quiz.rules import Mode, Paper
from cyberweek.activities.quiz.snapshot import QuizSnapshot
from cyberweek.component.facts import ChanceEarned
from cyberweek.component.ports import Passed
from cyberweek.component.reading import NotFound, release_snapshot
from cyberweek.component.rules import replay
from cyberweek.kernel.clock import day_of
from cyberweek.ledger.fact import FactTypes
from cyberweek.ledger.queries import stream_rows
from cyberweek.people.ticket import Attempt, Forged, Signer

_TYPES = FactTypes((*FACTS, ChanceEarned))


class Taken(NamedTuple):
    """An attempt taken up: the signed token, what it says, its release and its state."""

    token: str
    attempt: Attempt
    snapshot: QuizSnapshot
    paper: Paper

    @property
    def last(self) -> AnswerGiven | None:
        return self.paper.answers[-1] if self.paper.answers else None


def taken(token: str, activity: int) -> Taken | None:
    """The attempt of a token, or None for one that is not of this activity or not of this house."""
    try:
        attempt = Signer(settings.TICKET_KEY).read_attempt(token)
        snapshot = release_snapshot(attempt.release, QuizSnapshot)
    except (Forged, NotFound):
        return None
    if attempt.activity != activity:
        return None
    facts = [(_TYPES.read(row), row.at) for row in stream_rows(attempt.stream)]
    return Taken(token, attempt, snapshot, replay(rules.RULES, snapshot, attempt, facts))


def passed(activity: Any, token: str) -> Passed | None:
    """What a certificate may say of a participant's attempt; None unless it is a quiz's daily paper, and passed.

    Practice may be about one topic, and a class's paper is nobody's.
    """
    found = taken(token, activity.pk) if activity.kind == "quiz" else None
    if found is None or found.paper.mode != Mode.DAILY or not found.paper.finished:
        return None
    reached = rules.result(found.snapshot, found.paper)
    if not reached.passed:
        return None
    return Passed(found.attempt.release, found.attempt.stream, reached.right, reached.of, day_of(found.paper.last_at))


def verdict_words(taken: Taken) -> dict[str, Any] | None:
    """The last answer in words: what was asked, what was right, why."""
    if taken.last is None:
        return None
    said = rules.verdict(taken.paper, taken.last)
    question = rules.shown(taken.paper, taken.last.place)
    options = question.options or (_("对"), _("错"))
    return {
        "right": said.right,
        "stem": question.stem,
        "correct": [options[each] for each in said.correct],
        "explanation": said.explanation,
        "basis": said.basis,
    }
