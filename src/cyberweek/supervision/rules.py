"""What a unit's task is now, and how it may go on. Pure: no database, no clock.

MOVES is the whole life of a task as one table: from where to where, by which fact, by whom, and what it takes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from cyberweek.ledger.fact import Fact
from cyberweek.supervision.facts import (
    ExtensionAsked,
    ExtensionRefused,
    TaskActTakenBack,
    TaskAssigned,
    TaskClosed,
    TaskDueMoved,
    TaskReopened,
    TaskReported,
    TaskReturned,
    TaskSignedFor,
    TaskUrged,
    TaskWithdrawn,
)

SOON = timedelta(days=2)
REGRET_MS = 10 * 60_000  # so long an act can be taken back by whoever made it

UNASSIGNED = "draft"
ASSIGNED = "assigned"
SIGNED = "signed"
REPORTED = "reported"
DONE = "done"
WITHDRAWN = "dropped"
LATE = "late"
DUE = "due"
STAGES = (UNASSIGNED, ASSIGNED, SIGNED, REPORTED, DONE, WITHDRAWN)
OPEN = frozenset({ASSIGNED, SIGNED, REPORTED})

UNIT = "unit"
OFFICE = "office"
WORDS = "words"
DAY = "day"
EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Move:
    """One way in which a task goes on.

    name      the last word of its address
    fact      what it records
    stages    from which it starts; `to` where it leads, '' where the stage stays
    by        whose move it is: the unit's (the office may make it on the unit's behalf) or the office's
    needs     what has to be given: words, a day, evidence as the kind of task asks
    answers   only while the unit waits for an answer about its extension
    """

    name: str
    fact: type[Fact]
    stages: frozenset[str]
    to: str
    by: str
    needs: frozenset[str] = frozenset()
    answers: bool = False


MOVES = (
    Move("assign", TaskAssigned, frozenset({UNASSIGNED, WITHDRAWN}), ASSIGNED, OFFICE),
    Move("sign-for", TaskSignedFor, frozenset({ASSIGNED}), SIGNED, UNIT),
    Move("report", TaskReported, frozenset({SIGNED}), REPORTED, UNIT, frozenset({WORDS, EVIDENCE})),
    Move("return", TaskReturned, frozenset({REPORTED}), SIGNED, OFFICE, frozenset({WORDS})),
    Move("close", TaskClosed, frozenset({REPORTED}), DONE, OFFICE),
    Move("reopen", TaskReopened, frozenset({DONE}), SIGNED, OFFICE, frozenset({WORDS})),
    Move("ask-extension", ExtensionAsked, frozenset({ASSIGNED, SIGNED}), "", UNIT, frozenset({WORDS, DAY})),
    Move(
        "refuse-extension",
        ExtensionRefused,
        frozenset({ASSIGNED, SIGNED}),
        "",
        OFFICE,
        frozenset({WORDS}),
        answers=True,
    ),
    Move("due", TaskDueMoved, OPEN, "", OFFICE, frozenset({DAY})),
    Move("urge", TaskUrged, frozenset({ASSIGNED, SIGNED}), "", OFFICE),
    Move("withdraw", TaskWithdrawn, OPEN, WITHDRAWN, OFFICE, frozenset({WORDS})),
)
_BY_NAME = {move.name: move for move in MOVES}
_BY_KIND = {move.fact.KIND: move for move in MOVES}


@dataclass(frozen=True, slots=True)
class TaskState:
    """Where a unit's task stands: its stage, its due day, and how many steps its stream has.

    `asked` is the day for which the unit waits; `digest` names the report that stands; `act` is the last fact's
    name, by whom and when; `before` is what the task was until then, so that the act can be taken back.
    """

    stage: str = UNASSIGNED
    due: date | None = None
    steps: int = 0
    assigned_at: int = 0
    signed_at: int = 0
    reported_at: int = 0
    closed_at: int = 0
    urged: int = 0
    returned: int = 0
    asked: date | None = None
    digest: str = ""
    act: str = ""
    acted_by: int = 0
    acted_at: int = 0
    before: TaskState | None = None

    @property
    def open(self) -> bool:
        return self.stage in OPEN


class NotNow(Exception):
    """Raised when a task's stage does not allow what is asked; `stage` says where it stands."""

    def __init__(self, stage: str, wanted: str) -> None:
        super().__init__(f"a task that is {stage} cannot be {wanted}")
        self.stage = stage
        self.wanted = wanted


class TooLate(Exception):
    """Raised when an act can no longer be taken back: somebody acted after it, or ten minutes have gone by."""


def move_named(name: str) -> Move:
    return _BY_NAME[name]


def evolve(state: TaskState, fact: Fact, at: int, actor: int = 0) -> TaskState:
    """Return the state after one more fact."""
    steps = state.steps + 1
    if isinstance(fact, TaskActTakenBack):
        back = state.before or TaskState()
        return replace(back, steps=steps, act=fact.KIND, acted_by=actor, acted_at=at, before=None)
    move = _BY_KIND.get(fact.KIND)
    if move is None:
        raise TypeError(f"{fact.KIND} does not belong to a task")
    after = replace(state, stage=move.to or state.stage, steps=steps, act=fact.KIND, acted_by=actor, acted_at=at)
    return _marked(replace(after, before=replace(state, before=None)), fact, at)


def _marked(state: TaskState, fact: Fact, at: int) -> TaskState:
    """What a fact leaves behind besides the stage."""
    left: dict[str, Any] = {}
    match fact:
        case TaskAssigned(due=due):
            left = {"due": _day(due), "assigned_at": at}
        case TaskSignedFor():
            left = {"signed_at": at}
        case TaskDueMoved(due=due):
            left = {"due": _day(due), "asked": None}
        case ExtensionAsked(due=due):
            left = {"asked": _day(due)}
        case ExtensionRefused() | TaskWithdrawn():
            left = {"asked": None}
        case TaskReported(digest=digest):
            left = {"reported_at": at, "digest": digest, "asked": None}
        case TaskReturned():
            left = {"returned": state.returned + 1}
        case TaskUrged():
            left = {"urged": state.urged + 1}
    closed_at = at if fact.KIND == TaskClosed.KIND else state.closed_at
    return replace(state, closed_at=closed_at if state.stage == DONE else 0, **left)


def fold(facts: Iterable[tuple[Fact, int, int]]) -> TaskState:
    """Fold (fact, at, actor) into the state they lead to."""
    state = TaskState()
    for fact, at, actor in facts:
        state = evolve(state, fact, at, actor)
    return state


def standing(state: TaskState, today: date) -> str:
    """Say in one word how a task stands today: its stage, unless it is late or nearly so.

    A unit that has reported is not late: the office is.
    """
    if state.stage not in {ASSIGNED, SIGNED} or state.due is None:
        return state.stage
    if state.due < today:
        return LATE
    return DUE if state.due - today <= SOON else state.stage


def light(state: TaskState, today: date) -> str:
    """Return good, warn or bad, done, or nothing while there is nothing to judge."""
    word = standing(state, today)
    lights = {LATE: "bad", DUE: "warn", ASSIGNED: "warn", REPORTED: "warn", SIGNED: "good", DONE: "done"}
    return lights.get(word, "")


def allows(state: TaskState, move: Move) -> bool:
    """True when the task may go this way now, by its own state alone."""
    return state.stage in move.stages and (not move.answers or state.asked is not None)


def require(state: TaskState, move: Move) -> None:
    """Raises NotNow."""
    if not allows(state, move):
        raise NotNow(state.stage, move.name)


def can_take_back(state: TaskState, *, actor: int, at: int) -> bool:
    """True for whoever made the last act, for ten minutes; a clock that was set back is no reason to refuse."""
    return state.before is not None and state.acted_by == actor and at - state.acted_at <= REGRET_MS


def require_taken_back(state: TaskState, *, actor: int, at: int) -> None:
    """Raises TooLate."""
    if not can_take_back(state, actor=actor, at=at):
        raise TooLate


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
