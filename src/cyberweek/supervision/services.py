"""Hand out tasks and record what happens to them: one fact per act, on the pair's own stream. The only writer of assignments."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from cyberweek.kernel.clock import to_ms
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.ledger.fact import Fact, Origin
from cyberweek.ledger.journal import Append, Duplicate, Writer
from cyberweek.ledger.queries import streams_rows
from cyberweek.plan.models import Campaign, TaskUnit
from cyberweek.supervision.facts import TaskAssigned, TaskClosed, TaskDueMoved, TaskReopened, TaskSignedFor
from cyberweek.supervision.models import Assignment
from cyberweek.supervision.queries import state_of
from cyberweek.supervision.rules import (
    UNASSIGNED,
    NotNow,
    TaskState,
    require_closable,
    require_open,
    require_reopenable,
    require_signable,
)

_ids = StreamIds(Node.TASKS)


class Overtaken(Exception):
    """Raised when somebody else acted on the task since it was read: look at it again, then decide."""


def assign_all(campaign: Campaign, *, writer: Writer, seat: int, at: datetime, origin: int = Origin.REAL) -> int:
    """Assign every unit-task pair of a campaign that is not assigned yet; returns how many were.

    Pairs whose row exists but whose fact was lost to a crash get their fact now.
    """
    pairs = list(TaskUnit.objects.filter(task__campaign=campaign).select_related("task", "unit").order_by("pk"))
    streams = _streams(pairs, at)
    begun = streams_rows([streams[pair.pk] for pair in pairs])
    waiting = [pair for pair in pairs if streams[pair.pk] not in begun]
    appends = [_append(streams[pair.pk], 1, _assigned(pair), seat=seat, at=at, origin=origin) for pair in waiting]
    results = writer.append_all(appends)
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, Duplicate):  # another process assigned it first
            raise result
    return sum(isinstance(result, int) for result in results)


def sign_for(
    pair: TaskUnit, *, writer: Writer, seat: int, at: datetime, seen: int | None = None, origin: int = Origin.REAL
) -> None:
    """Record that the unit has taken note. Raises NotNow or Overtaken."""
    fact = TaskSignedFor(pair.task_id, pair.unit.code)
    _act(pair, fact, require_signable, writer=writer, seat=seat, at=at, seen=seen, origin=origin)


def move_due(
    pair: TaskUnit,
    due: date,
    *,
    writer: Writer,
    seat: int,
    at: datetime,
    seen: int | None = None,
    origin: int = Origin.REAL,
) -> None:
    """Give an open task another day. Raises NotNow or Overtaken."""
    fact = TaskDueMoved(pair.task_id, pair.unit.code, due.isoformat())
    _act(pair, fact, require_open, writer=writer, seat=seat, at=at, seen=seen, origin=origin)


def close(
    pair: TaskUnit, *, writer: Writer, seat: int, at: datetime, seen: int | None = None, origin: int = Origin.REAL
) -> None:
    """Record that the task is done. Raises NotNow or Overtaken."""
    fact = TaskClosed(pair.task_id, pair.unit.code)
    _act(pair, fact, require_closable, writer=writer, seat=seat, at=at, seen=seen, origin=origin)


def reopen(
    pair: TaskUnit, *, writer: Writer, seat: int, at: datetime, seen: int | None = None, origin: int = Origin.REAL
) -> None:
    """Take a closing back. Raises NotNow or Overtaken."""
    fact = TaskReopened(pair.task_id, pair.unit.code)
    _act(pair, fact, require_reopenable, writer=writer, seat=seat, at=at, seen=seen, origin=origin)


def _act(
    pair: TaskUnit,
    fact: Fact,
    require: Callable[[TaskState], None],
    *,
    writer: Writer,
    seat: int,
    at: datetime,
    seen: int | None,
    origin: int,
) -> None:
    stream = Assignment.objects.filter(pair=pair).values_list("stream", flat=True).first()
    if stream is None:
        raise NotNow(UNASSIGNED, fact.KIND)
    state = state_of(stream)
    if seen is not None and seen != state.steps:
        raise Overtaken(f"step {seen} was shown, the task is at {state.steps}")
    require(state)
    try:
        writer.append(_append(stream, state.steps + 1, fact, seat=seat, at=at, origin=origin))
    except Duplicate as error:
        raise Overtaken(str(error)) from error


def _append(stream: int, step: int, fact: Fact, *, seat: int, at: datetime, origin: int) -> Append:
    return Append(stream=stream, step=step, at=to_ms(at), facts=[fact], actor=-seat, origin=origin)


def _assigned(pair: TaskUnit) -> TaskAssigned:
    due = pair.task.due
    return TaskAssigned(pair.task_id, pair.unit.code, due.isoformat() if due else "")


def _streams(pairs: Sequence[TaskUnit], at: datetime) -> dict[int, int]:
    """Return the stream of each pair, minting those that are missing."""
    have = _known_streams(pairs)
    new = [Assignment(pair=pair, stream=_ids.mint(to_ms(at))) for pair in pairs if pair.pk not in have]
    if new:
        Assignment.objects.bulk_create(new, ignore_conflicts=True)
        have = _known_streams(pairs)
    return have


def _known_streams(pairs: Sequence[TaskUnit]) -> dict[int, int]:
    return dict(Assignment.objects.filter(pair__in=pairs).values_list("pair_id", "stream"))
