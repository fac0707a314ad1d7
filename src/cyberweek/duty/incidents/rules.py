"""What an incident is now, what is due by when, and what may be done with it. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from cyberweek.duty.facts import (
    ActivityTakenAway,
    EvidenceKept,
    IncidentClosed,
    IncidentGraded,
    IncidentHandled,
    IncidentNoted,
    IncidentRegistered,
    IncidentReported,
    PartyTold,
)
from cyberweek.duty.incidents.grading import GENERAL, has_to_be_reported
from cyberweek.kernel.clock import from_ms
from cyberweek.kernel.regulations import Figure, Pack
from cyberweek.ledger.fact import Fact

OPEN, HANDLED, CLOSED = "open", "handled", "closed"
FIRST, FOLLOW_UP, SUMMARY = "first", "follow-up", "summary"
LETTERS = (FIRST, FOLLOW_UP, SUMMARY)
HABIT = timedelta(hours=24)  # how long the office waits before it follows up; no rule sets a figure
SOON = timedelta(hours=1)
_HOURS = {"小时": 1, "日": 24}


@dataclass(frozen=True, slots=True)
class IncidentState:
    """Where an incident stands: its stage, its grade, and when which report went out (ms)."""

    stage: str = ""
    steps: int = 0
    sort: str = ""
    grade: str = GENERAL
    pack: str = ""
    noticed: int = 0
    handled: int = 0
    is_critical: bool = False
    is_drill: bool = False
    first: int = 0
    last: int = 0
    summary: int = 0


@dataclass(frozen=True, slots=True)
class Due:
    """A report and by when it has to go out; `source` is '' where only the office's habit asks for it."""

    letter: str
    at: datetime
    source: str


class NotNow(Exception):
    """Raised when an incident's stage does not allow what is asked; `reason` is the stage, or `summary` when it lacks that."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def evolve(state: IncidentState, fact: Fact, at: int) -> IncidentState:
    """Return the state after one more fact."""
    state = replace(state, steps=state.steps + 1)
    match fact:
        case IncidentRegistered():
            return replace(
                state, stage=OPEN, sort=fact.sort, grade=fact.grade, pack=fact.pack, noticed=fact.noticed,
                is_critical=fact.critical, is_drill=fact.drill,
            )  # fmt: skip
        case IncidentGraded():
            return replace(state, grade=fact.grade, pack=fact.pack)
        case IncidentReported(letter=letter, sent=sent):
            first = state.first or (sent if letter == FIRST else 0)
            return replace(state, first=first, last=sent, summary=sent if letter == SUMMARY else state.summary)
        case IncidentHandled():
            return replace(state, stage=HANDLED, handled=at)
        case IncidentClosed():
            return replace(state, stage=CLOSED)
        case IncidentNoted() | EvidenceKept() | PartyTold() | ActivityTakenAway():
            return state
    raise TypeError(f"{fact.KIND} does not belong to an incident")


def fold(facts: Iterable[tuple[Fact, int]]) -> IncidentState:
    """Fold (fact, at) pairs into the state they lead to."""
    state = IncidentState()
    for fact, at in facts:
        state = evolve(state, fact, at)
    return state


def due(state: IncidentState, pack: Pack) -> Due | None:
    """The next report that has to go out, or None."""
    if state.stage == CLOSED:
        return None
    if state.first == 0:
        return _first(state, pack)
    if not has_to_be_reported(state.grade, pack):
        return None
    if state.stage == OPEN:
        return Due(FOLLOW_UP, from_ms(state.last) + HABIT, "")
    if state.summary:
        return None
    figure = pack.figure("incident-summary")
    return Due(SUMMARY, from_ms(state.handled) + span(figure), figure.source)


def light(found: Due | None, now: datetime) -> str:
    """Return bad once a report is late, warn while one is due, good otherwise."""
    if found is None:
        return "good"
    return "bad" if found.at <= now else "warn"


def span(figure: Figure) -> timedelta:
    """How long a figure of hours or days is."""
    return timedelta(hours=figure.value * _HOURS[figure.unit])


def require_not_closed(state: IncidentState) -> None:
    """Raises NotNow."""
    if state.stage not in (OPEN, HANDLED):
        raise NotNow(state.stage)


def require_open(state: IncidentState) -> None:
    """Raises NotNow."""
    if state.stage != OPEN:
        raise NotNow(state.stage)


def require_closable(state: IncidentState, pack: Pack) -> None:
    """Handled first, and with its summary where the law wants one. Raises NotNow."""
    if state.stage != HANDLED:
        raise NotNow(state.stage)
    if has_to_be_reported(state.grade, pack) and not state.summary:
        raise NotNow(SUMMARY)


def _first(state: IncidentState, pack: Pack) -> Due | None:
    """The first report: within hours where the grade asks for it, and for a flaw that endangers people whatever its grade."""
    names = []
    if has_to_be_reported(state.grade, pack):
        names.append("incident-first-report-critical" if state.is_critical else "incident-first-report-platform")
    if state.sort == "flaw" and pack.incidents is not None:
        names.append("incident-flaw-report")
    figures = sorted((pack.figure(name) for name in names), key=span)
    return Due(FIRST, from_ms(state.noticed) + span(figures[0]), figures[0].source) if figures else None
