"""Hand out tasks and record what happens to them: one fact per act, on the pair's own stream. The only writer of assignments.

A text is kept before the fact that names it by its digest: one whose fact never came is shown nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from cyberweek.component.ports import Counted
from cyberweek.kernel.clock import to_ms
from cyberweek.kernel.codec import canonical
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.ledger.fact import Fact, Origin
from cyberweek.ledger.journal import Append, Duplicate, Writer
from cyberweek.plan.models import Campaign, TaskUnit
from cyberweek.supervision.evidence import Said, missing
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
from cyberweek.supervision.models import Assignment, Statement
from cyberweek.supervision.queries import kind_of_task, states_of
from cyberweek.supervision.rules import (
    DAY,
    EVIDENCE,
    UNASSIGNED,
    WORDS,
    Move,
    NotNow,
    TaskState,
    can_take_back,
    move_named,
    require,
    require_taken_back,
)

_ids = StreamIds(Node.TASKS)


@dataclass(frozen=True, slots=True)
class Hand:
    """By which seat an act is made, when, and through which writer."""

    writer: Writer
    seat: int
    at: datetime
    origin: int = Origin.REAL


@dataclass(frozen=True, slots=True)
class Given:
    """What comes with a move, as far as it needs any: a text, a day, and what the ledger has counted."""

    said: Said | None = None
    due: date | None = None
    counted: Collection[Counted] = ()


class Overtaken(Exception):
    """Raised when somebody else acted on the task since it was read: look at it again, then decide."""


class Lacks(Exception):
    """Raised when a move comes without what it needs; `needs` names each: words, day, people, photo or link."""

    def __init__(self, needs: Sequence[str]) -> None:
        super().__init__(", ".join(needs))
        self.needs = tuple(needs)


def assign_all(campaign: Campaign, *, writer: Writer, seat: int, at: datetime, origin: int = Origin.REAL) -> int:
    """Assign every unit-task pair of a campaign that is not assigned yet; returns how many were.

    Pairs whose row exists but whose fact was lost to a crash get their fact now.
    """
    pairs = TaskUnit.objects.filter(task__campaign=campaign).select_related("task", "unit").order_by("pk")
    return len(assign(list(pairs), hand=Hand(writer, seat, at, origin)))


def assign(pairs: Sequence[TaskUnit], *, hand: Hand) -> dict[int, int]:
    """Assign those of the pairs that are not assigned yet; gives the step of each that now is."""
    streams = _streams(pairs, hand.at)
    states = states_of(streams.values())
    waiting = [pair for pair in pairs if states[streams[pair.pk]].stage == UNASSIGNED]
    steps = {pair.pk: states[streams[pair.pk]].steps + 1 for pair in waiting}
    appends = [_append(streams[pair.pk], steps[pair.pk], _assigned(pair), hand) for pair in waiting]
    return _appended(waiting, steps, hand.writer.append_all(appends) if appends else [])


def make_move(pair: TaskUnit, name: str, *, hand: Hand, given: Given | None = None, seen: int | None = None) -> int:
    """Let a task go on by the move of that name; returns its step. Raises NotNow, Lacks or Overtaken."""
    move, given = move_named(name), given or Given()
    stream = Assignment.objects.filter(pair=pair).values_list("stream", flat=True).first()
    if stream is None:
        raise NotNow(UNASSIGNED, name)
    state = states_of([stream])[stream]
    if seen is not None and seen != state.steps:
        raise Overtaken(f"step {seen} was shown, the task is at {state.steps}")
    require(state, move)
    _require_given(pair, move, given)
    if given.said is not None and move.needs & {WORDS}:
        _keep(pair, given.said)
    return _record(stream, state, _fact(move, pair, given, state), hand)


def move_many(pairs: Sequence[TaskUnit], name: str, *, hand: Hand, given: Given | None = None) -> dict[int, int]:
    """Make one move with many tasks; those that do not allow it now are left. Gives the step of each that moved."""
    move, given = move_named(name), given or Given()
    if missed := [need for need, value in ((WORDS, given.said), (DAY, given.due)) if need in move.needs and not value]:
        raise Lacks(missed)
    streams = _known_streams(pairs)
    states = states_of(streams.values())
    ready = [pair for pair in pairs if pair.pk in streams and _allows(states[streams[pair.pk]], move)]
    if given.said is not None and ready:
        _keep_many(ready, given.said)
    steps = {pair.pk: states[streams[pair.pk]].steps + 1 for pair in ready}
    appends = [
        _append(streams[pair.pk], steps[pair.pk], _fact(move, pair, given, states[streams[pair.pk]]), hand)
        for pair in ready
    ]
    return _appended(ready, steps, hand.writer.append_all(appends) if appends else [])


def take_back(pair: TaskUnit, *, hand: Hand, seen: int | None = None) -> None:
    """Undo the last act on a task, made by the same seat a moment ago. Raises TooLate or Overtaken."""
    stream = Assignment.objects.filter(pair=pair).values_list("stream", flat=True).first()
    state = states_of([stream])[stream] if stream else TaskState()
    require_taken_back(state, actor=-hand.seat, at=to_ms(hand.at))
    if seen is not None and seen != state.steps:
        raise Overtaken(f"step {seen} was shown, the task is at {state.steps}")
    _record(stream or 0, state, TaskActTakenBack(pair.task_id, pair.unit.code, state.steps, state.act), hand)


def take_back_many(
    pairs: Sequence[TaskUnit], steps: Mapping[int, int], *, writer: Writer, seats: Collection[int], at: datetime
) -> int:
    """Undo the acts of those steps, by the seats that made them; returns how many nobody had acted after."""
    streams = _known_streams(pairs)
    states = states_of(streams.values())
    appends = []
    for pair in pairs:
        state = states.get(streams.get(pair.pk, 0), TaskState())
        seat = -state.acted_by
        if state.steps == steps[pair.pk] and seat in seats and can_take_back(state, actor=-seat, at=to_ms(at)):
            fact = TaskActTakenBack(pair.task_id, pair.unit.code, state.steps, state.act)
            appends.append(_append(streams[pair.pk], state.steps + 1, fact, Hand(writer, seat, at)))
    results = writer.append_all(appends) if appends else []
    return sum(isinstance(result, int) for result in results)


def sign_for(
    pair: TaskUnit, *, writer: Writer, seat: int, at: datetime, seen: int | None = None, origin: int = Origin.REAL
) -> None:
    """Record that the unit has taken note. Raises NotNow or Overtaken."""
    make_move(pair, "sign-for", hand=Hand(writer, seat, at, origin), seen=seen)


def _require_given(pair: TaskUnit, move: Move, given: Given) -> None:
    lacks = [WORDS] if WORDS in move.needs and not (given.said and given.said.words.strip()) else []
    lacks += [DAY] if DAY in move.needs and given.due is None else []
    if EVIDENCE in move.needs and given.said is not None:
        lacks += missing(kind_of_task(pair.task), given.said, given.counted, is_lead=pair.role == TaskUnit.Role.LEAD)
    if lacks:
        raise Lacks(lacks)


def _allows(state: TaskState, move: Move) -> bool:
    try:
        require(state, move)
    except NotNow:
        return False
    return True


def _fact(move: Move, pair: TaskUnit, given: Given, state: TaskState) -> Fact:
    """The fact of a move."""
    task, unit = pair.task_id, pair.unit.code
    digest = given.said.digest if given.said else ""
    due = given.due.isoformat() if given.due else ""
    if move.fact is TaskReported and given.said:
        said = given.said
        return TaskReported(task, unit, digest, said.people, said.grade, len(said.photos), len(said.links))
    made: Mapping[type[Fact], tuple] = {
        TaskAssigned: (due or (pair.task.due.isoformat() if pair.task.due else ""),),
        TaskSignedFor: (),
        TaskUrged: (),
        TaskDueMoved: (due,),
        ExtensionAsked: (due, digest),
        ExtensionRefused: (digest,),
        TaskReturned: (digest,),
        TaskReopened: (digest,),
        TaskWithdrawn: (digest,),
        TaskClosed: (state.digest,),
    }
    return move.fact(task, unit, *made[move.fact])


def _record(stream: int, state: TaskState, fact: Fact, hand: Hand) -> int:
    try:
        hand.writer.append(_append(stream, state.steps + 1, fact, hand))
    except Duplicate as error:
        raise Overtaken(str(error)) from error
    return state.steps + 1


def _appended(
    pairs: Sequence[TaskUnit], steps: Mapping[int, int], results: Sequence[int | Exception]
) -> dict[int, int]:
    """The steps of those that were stored; one whom another process overtook is left out."""
    for result in results:
        if isinstance(result, Exception) and not isinstance(result, Duplicate):
            raise result
    return {
        pair.pk: steps[pair.pk]
        for pair, result in zip(pairs, results, strict=True)
        if not isinstance(result, Exception)
    }


def _append(stream: int, step: int, fact: Fact, hand: Hand) -> Append:
    return Append(stream=stream, step=step, at=to_ms(hand.at), facts=[fact], actor=-hand.seat, origin=hand.origin)


def _assigned(pair: TaskUnit) -> TaskAssigned:
    due = pair.task.due
    return TaskAssigned(pair.task_id, pair.unit.code, due.isoformat() if due else "")


def _keep(pair: TaskUnit, said: Said) -> None:
    Statement.objects.get_or_create(pair=pair, digest=said.digest, defaults={"body": canonical(said).decode()})


def _keep_many(pairs: Sequence[TaskUnit], said: Said) -> None:
    body, digest = canonical(said).decode(), said.digest
    rows = [Statement(pair=pair, digest=digest, body=body) for pair in pairs]
    Statement.objects.bulk_create(rows, ignore_conflicts=True)


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
