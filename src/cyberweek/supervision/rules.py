"""What a unit's task is now, and what may be done with it. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from cyberweek.ledger.fact import Fact
from cyberweek.supervision.facts import TaskAssigned, TaskClosed, TaskDueMoved, TaskReopened, TaskSignedFor

SOON = timedelta(days=2)

UNASSIGNED = "draft"
ASSIGNED = "assigned"
SIGNED = "signed"
DONE = "done"
LATE = "late"
DUE = "due"


@dataclass(frozen=True, slots=True)
class TaskState:
    """Where a unit's task stands: its stage, its due day, and how many steps its stream has."""

    stage: str = UNASSIGNED
    due: date | None = None
    steps: int = 0
    assigned_at: int = 0
    signed_at: int = 0
    closed_at: int = 0

    @property
    def open(self) -> bool:
        return self.stage in {ASSIGNED, SIGNED}


class NotNow(Exception):
    """Raised when a task's stage does not allow what is asked; `stage` says where it stands."""

    def __init__(self, stage: str, wanted: str) -> None:
        super().__init__(f"a task that is {stage} cannot be {wanted}")
        self.stage = stage
        self.wanted = wanted


def evolve(state: TaskState, fact: Fact, at: int) -> TaskState:
    """Return the state after one more fact."""
    state = replace(state, steps=state.steps + 1)
    match fact:
        case TaskAssigned(due=due):
            return replace(state, stage=ASSIGNED, due=_day(due), assigned_at=at)
        case TaskSignedFor():
            return replace(state, stage=SIGNED, signed_at=at)
        case TaskDueMoved(due=due):
            return replace(state, due=_day(due))
        case TaskClosed():
            return replace(state, stage=DONE, closed_at=at)
        case TaskReopened():
            return replace(state, stage=SIGNED, closed_at=0)
    raise TypeError(f"{fact.KIND} does not belong to a task")


def fold(facts: Iterable[tuple[Fact, int]]) -> TaskState:
    """Fold (fact, at) pairs into the state they lead to."""
    state = TaskState()
    for fact, at in facts:
        state = evolve(state, fact, at)
    return state


def standing(state: TaskState, today: date) -> str:
    """Say in one word how a task stands today: its stage, unless it is late or nearly so."""
    if not state.open or state.due is None:
        return state.stage
    if state.due < today:
        return LATE
    return DUE if state.due - today <= SOON else state.stage


def light(state: TaskState, today: date) -> str:
    """Return good, warn or bad; nothing while there is nothing to judge."""
    word = standing(state, today)
    return {LATE: "bad", DUE: "warn", ASSIGNED: "warn", SIGNED: "good", DONE: "good"}.get(word, "")


def require_signable(state: TaskState) -> None:
    _require(state, {ASSIGNED}, "signed-for")


def require_closable(state: TaskState) -> None:
    _require(state, {SIGNED}, "closed")


def require_open(state: TaskState) -> None:
    _require(state, {ASSIGNED, SIGNED}, "moved")


def require_reopenable(state: TaskState) -> None:
    _require(state, {DONE}, "reopened")


def _require(state: TaskState, stages: set[str], wanted: str) -> None:
    if state.stage not in stages:
        raise NotNow(state.stage, wanted)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
