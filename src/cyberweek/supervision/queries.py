"""Read tasks with their states. Never writes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from cyberweek.component.ports import Lights
from cyberweek.ledger.fact import Fact, FactTypes, Row
from cyberweek.ledger.queries import stream_rows, streams_rows
from cyberweek.people.queries import seat_names
from cyberweek.plan.models import Campaign, TaskUnit
from cyberweek.supervision.facts import FACTS
from cyberweek.supervision.rules import ASSIGNED, DONE, DUE, LATE, SIGNED, UNASSIGNED, TaskState, fold, light, standing
from cyberweek.supervision.words import said
from cyberweek.units.models import Unit

_types = FactTypes(FACTS)
_ORDER = {LATE: 0, UNASSIGNED: 1, DUE: 2, ASSIGNED: 3, SIGNED: 4, DONE: 5}
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


@dataclass(frozen=True, slots=True)
class Act:
    """One fact of a task in words."""

    at: int
    who: str
    words: str
    simulated: bool


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


def in_state(lines: list[TaskLine], wanted: str) -> list[TaskLine]:
    """Keep the lines of a state: a stage, `late`, `due`, `open`, or all when empty."""
    if not wanted:
        return lines
    if wanted == "open":
        return [line for line in lines if line.state.stage != DONE]
    if wanted in {LATE, DUE}:
        return [line for line in lines if line.standing == wanted]
    return [line for line in lines if line.state.stage == wanted]


def state_counts(lines: list[TaskLine]) -> dict[str, int]:
    """How many lines `in_state` would keep for each word."""
    return {word: len(in_state(lines, word)) for word in ("", "open", LATE, DUE, UNASSIGNED, ASSIGNED, SIGNED, DONE)}


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


def find_pairs(ids: Collection[int], *, campaign: Campaign) -> list[TaskUnit]:
    return list(_related(TaskUnit.objects.filter(pk__in=ids, task__campaign=campaign)).order_by("pk"))


def state_of(stream: int) -> TaskState:
    return fold(_facts(stream_rows(stream)))


def history(line: TaskLine) -> list[Act]:
    """What happened to a task, oldest first, with the seats that acted."""
    if not hasattr(line.pair, "assignment"):
        return []
    rows = stream_rows(line.pair.assignment.stream)
    names = seat_names({-row.actor for row in rows})
    return [Act(row.at, names.get(-row.actor, ""), said(_types.read(row)), row.origin == 1) for row in rows]


def unit_loads(campaign: Campaign, today: date) -> dict[int, Load]:
    """Each unit's tasks counted, in two queries."""
    by_unit: dict[int, list[TaskLine]] = defaultdict(list)
    for line in task_lines(campaign, today=today):
        by_unit[line.pair.unit_id].append(line)
    return {unit: _load(lines) for unit, lines in by_unit.items()}


def task_lights(campaign: Campaign, today: date) -> Lights:
    """How many of a campaign's tasks are late, due soon, on their way and done."""
    lines = task_lines(campaign, today=today)
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
    return pairs.select_related("task__activity", "task__campaign", "unit", "assignment")


def _line(pair: TaskUnit, rows: Mapping[int, list[Row]], today: date) -> TaskLine:
    stream = pair.assignment.stream if hasattr(pair, "assignment") else 0
    state = fold(_facts(rows.get(stream, []))) if stream else TaskState()
    if state.steps == 0:
        state = TaskState(due=pair.task.due)
    return TaskLine(pair, state, standing(state, today), light(state, today))


def _facts(rows: list[Row]) -> list[tuple[Fact, int]]:
    return [(_types.read(row), row.at) for row in rows]


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
