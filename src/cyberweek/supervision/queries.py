"""Read tasks with their states. Never writes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cyberweek.component import ports
from cyberweek.component.ports import Counted, Lights
from cyberweek.kernel.codec import decode
from cyberweek.ledger.fact import Fact, FactTypes, Origin, Row
from cyberweek.ledger.queries import activity_counts, stream_rows, streams_rows
from cyberweek.people.models import Seat
from cyberweek.people.queries import find_seats, seat_name
from cyberweek.plan.models import Campaign, PlannedTask, TaskUnit
from cyberweek.supervision.evidence import Said, TaskKind, kind_of
from cyberweek.supervision.facts import FACTS
from cyberweek.supervision.models import SavedView, Statement
from cyberweek.supervision.rules import (
    ASSIGNED,
    DONE,
    DUE,
    LATE,
    MOVES,
    REPORTED,
    SIGNED,
    STAGES,
    UNASSIGNED,
    UNIT,
    WITHDRAWN,
    TaskState,
    fold,
    light,
    standing,
)
from cyberweek.supervision.words import said
from cyberweek.units.models import Unit

_types = FactTypes(FACTS)
_ORDER = {LATE: 0, UNASSIGNED: 1, DUE: 2, REPORTED: 3, ASSIGNED: 4, SIGNED: 5, DONE: 6, WITHDRAWN: 7}
_OVER = {DONE, WITHDRAWN}
_UNIT_ACTS = {move.fact.KIND for move in MOVES if move.by == UNIT}
ASKED = "asked"
STATES = ("", "open", LATE, DUE, ASKED, *STAGES)
_TITLE = 30  # letters of a task in a title
SORTS = ("due", "no", "unit")


@dataclass(frozen=True, slots=True)
class TaskLine:
    """One unit's task as lists and pages show it."""

    pair: TaskUnit
    state: TaskState
    standing: str
    light: str

    @property
    def signable(self) -> bool:
        return self.state.stage == ASSIGNED

    @property
    def short(self) -> str:
        """As much of the task as a title has room for."""
        text = self.pair.task.text
        return f"{text[:_TITLE]}…" if len(text) > _TITLE else text

    @property
    def is_lead(self) -> bool:
        return self.pair.role == TaskUnit.Role.LEAD

    @property
    def kind(self) -> TaskKind:
        return kind_of_task(self.pair.task)


@dataclass(frozen=True, slots=True)
class Act:
    """One fact of a task in words. `said` is what was written with it, until it is erased; `behalf`: for the unit."""

    at: int
    who: str
    words: str
    simulated: bool
    behalf: bool = False
    said: Said | None = None
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Load:
    """How many tasks of a unit are open, and how many of those are late or not signed for."""

    total: int
    open: int
    late: int
    unsigned: int


def task_lines(
    campaign: Campaign, *, today: date, units: Collection[int] | None = None, text: str = "", sort: str = "due"
) -> list[TaskLine]:
    """Every unit's task of a campaign (of the given units), in two queries whatever their number."""
    pairs = _pairs(campaign, units, text)
    rows = streams_rows([pair.assignment.stream for pair in pairs if hasattr(pair, "assignment")])
    return sorted((_line(pair, rows, today) for pair in pairs), key=_sort_key(sort))


def lines_with_rows(campaign: Campaign, *, today: date) -> list[tuple[TaskLine, list[Row]]]:
    """Every unit's task of a campaign with the facts behind it, in plan order and in two queries."""
    pairs = list(_pairs(campaign, None, ""))
    rows = streams_rows([pair.assignment.stream for pair in pairs if hasattr(pair, "assignment")])
    return [(_line(pair, rows, today), _rows_of(pair, rows)) for pair in pairs]


def in_state(lines: list[TaskLine], wanted: str) -> list[TaskLine]:
    """Keep the lines of a state: a stage, `late`, `due`, `open`, or all when empty."""
    if not wanted:
        return lines
    if wanted == "open":
        return [line for line in lines if line.state.stage not in _OVER]
    if wanted == ASKED:
        return [line for line in lines if line.state.asked is not None and line.state.open]
    if wanted in {LATE, DUE}:
        return [line for line in lines if line.standing == wanted]
    return [line for line in lines if line.state.stage == wanted]


def state_counts(lines: list[TaskLine]) -> dict[str, int]:
    """How many lines `in_state` would keep for each word."""
    return {word: len(in_state(lines, word)) for word in STATES}


def units_with_tasks(campaign: Campaign, units: Collection[int] | None) -> list[Unit]:
    """The units (among the given ones) that have a task in the campaign, for a filter."""
    found = Unit.objects.filter(task_units__task__campaign=campaign).distinct().order_by("kind", "code")
    return list(found if units is None else found.filter(pk__in=units))


def find_line(pair_id: int, *, today: date) -> TaskLine | None:
    """One unit's task, or None."""
    pair = _related(TaskUnit.objects.filter(pk=pair_id)).first()
    if pair is None:
        return None
    rows = streams_rows([pair.assignment.stream]) if hasattr(pair, "assignment") else {}
    return _line(pair, rows, today)


def find_pairs(ids: Collection[int], *, campaign: Campaign, units: Collection[int] | None = None) -> list[TaskUnit]:
    """Those of the campaign's unit tasks (of the given units) that have one of the ids."""
    found = _related(TaskUnit.objects.filter(pk__in=ids, task__campaign=campaign)).order_by("pk")
    return list(found if units is None else found.filter(unit__in=units))


def saved_views(seats: Collection[int]) -> list[SavedView]:
    return list(SavedView.objects.filter(seat__in=seats))


def states_of(streams: Collection[int]) -> dict[int, TaskState]:
    """Where each stream stands, in one query; a stream without a fact is not assigned."""
    rows = streams_rows(list(streams))
    return {stream: fold(_facts(rows.get(stream, []))) for stream in streams}


def history(line: TaskLine) -> list[Act]:
    """What happened to a task, oldest first: the seats that acted, and what they wrote; in three queries."""
    if not hasattr(line.pair, "assignment"):
        return []
    rows = stream_rows(line.pair.assignment.stream)
    seats = find_seats({-row.actor for row in rows})
    texts = dict(Statement.objects.filter(pair=line.pair).values_list("digest", "body"))
    return [_act(row, seats.get(-row.actor), texts, line.pair.unit_id) for row in rows]


def statement(pair: TaskUnit, digest: str) -> Said | None:
    """What was written under a digest; None when nothing was, or when it was erased."""
    body = Statement.objects.filter(pair=pair, digest=digest).values_list("body", flat=True).first()
    return decode(body.encode(), Said) if body else None


def kind_of_task(task: PlannedTask) -> TaskKind:
    """What kind of task it is; read it with its chosen kind."""
    return kind_of(task.chosen_kind.kind if hasattr(task, "chosen_kind") else "", task.text_zh)


def other_units(line: TaskLine, *, today: date) -> list[TaskLine]:
    """The same task with its other units, in two queries: those that lead, then those that support."""
    pairs = list(
        _related(TaskUnit.objects.filter(task=line.pair.task_id).exclude(pk=line.pair.pk)).order_by("role", "order")
    )
    rows = streams_rows([pair.assignment.stream for pair in pairs if hasattr(pair, "assignment")])
    return [_line(pair, rows, today) for pair in pairs]


def counted(pair: TaskUnit) -> list[Counted]:
    """What the ledger holds of the unit's part in the task's activity: by its own buckets, and by other rooms."""
    activity, unit = pair.task.activity, pair.unit
    if activity is None:
        return []
    found = activity_counts(activity.pk)
    own = [
        Counted(_(metric.label), value, _(metric.unit))
        for metric in ports.metrics
        for bucket in (f"unit:{unit.code}", f"district:{unit.code}")
        if (value := found.get((metric.name, bucket), 0))
    ]
    return [*own, *(each for offer in ports.counted_for for each in offer(activity, unit))]


def unit_loads(campaign: Campaign, today: date) -> dict[int, Load]:
    """Each unit's tasks counted, in two queries."""
    by_unit: dict[int, list[TaskLine]] = defaultdict(list)
    for line in task_lines(campaign, today=today):
        by_unit[line.pair.unit_id].append(line)
    return {unit: _load(lines) for unit, lines in by_unit.items()}


def task_lights(campaign: Campaign, today: date) -> Lights:
    """How many of a campaign's tasks are late, due soon, on their way and done; withdrawn ones are none of these."""
    lines = [line for line in task_lines(campaign, today=today) if line.state.stage != WITHDRAWN]
    found = Counter(DONE if line.state.stage == DONE else line.light for line in lines)
    return Lights(late=found["bad"], soon=found["warn"], fine=found["good"] + found[""], done=found[DONE])


def _load(lines: list[TaskLine]) -> Load:
    counts = state_counts(lines)
    return Load(total=counts[""], open=counts["open"], late=counts[LATE], unsigned=counts[ASSIGNED])


def _pairs(campaign: Campaign, units: Collection[int] | None, text: str) -> QuerySet[TaskUnit]:
    pairs = _related(TaskUnit.objects.filter(task__campaign=campaign)).order_by("task__no", "order")
    if units is not None:
        pairs = pairs.filter(unit__in=units)
    for word in text.split():
        pairs = pairs.filter(
            Q(task__text_zh__icontains=word)
            | Q(task__text_en__icontains=word)
            | Q(unit__name_zh__icontains=word)
            | Q(unit__name_en__icontains=word)
        )
    return pairs


def _related(pairs: QuerySet[TaskUnit]) -> QuerySet[TaskUnit]:
    return pairs.select_related("task__activity", "task__campaign", "task__chosen_kind", "unit", "assignment")


def _rows_of(pair: TaskUnit, rows: Mapping[int, list[Row]]) -> list[Row]:
    return rows.get(pair.assignment.stream, []) if hasattr(pair, "assignment") else []


def _line(pair: TaskUnit, rows: Mapping[int, list[Row]], today: date) -> TaskLine:
    stream = pair.assignment.stream if hasattr(pair, "assignment") else 0
    state = fold(_facts(rows.get(stream, []))) if stream else TaskState()
    if state.steps == 0:
        state = TaskState(due=pair.task.due)
    return TaskLine(pair, state, standing(state, today), light(state, today))


def _facts(rows: list[Row]) -> list[tuple[Fact, int, int]]:
    return [(_types.read(row), row.at, row.actor) for row in rows]


def _act(row: Row, seat: Seat | None, texts: Mapping[str, str], unit: int) -> Act:
    fact = _types.read(row)
    digest = getattr(fact, "digest", "") if row.kind != "task.closed" else ""
    body = texts.get(digest)
    return Act(
        row.at, seat_name(seat) if seat else "", said(fact), row.origin == Origin.SIMULATED,
        behalf=row.kind in _UNIT_ACTS and seat is not None and seat.unit_id != unit,
        said=decode(body.encode(), Said) if body else None,
        erased=bool(digest) and body is None,
    )  # fmt: skip


def _sort_key(sort: str):
    if sort == "no":
        return lambda line: (line.pair.task.no, line.pair.order)
    if sort == "unit":
        return lambda line: (line.pair.unit.code, line.pair.task.no)
    return lambda line: (
        _ORDER[line.standing],
        line.state.due or date.max,
        line.pair.task.no,
        line.pair.order,
    )
