"""What a spreadsheet would change in the campaign's tasks, shown before anything is; and then done. Only ever adds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from cyberweek.plan.models import Campaign, PlannedTask, TaskUnit
from cyberweek.supervision.evidence import KINDS
from cyberweek.supervision.own_tasks import OwnTask, add_task
from cyberweek.supervision.sheet_reader import SheetRow
from cyberweek.units.models import Unit
from cyberweek.units.queries import names_on


@dataclass(slots=True)
class Wanted:
    """A task as the whole sheet has it: from which rows, and which units lead and support."""

    text: str
    rows: list[int] = field(default_factory=list)
    lead: list[Unit] = field(default_factory=list)
    support: list[Unit] = field(default_factory=list)
    due: date | None = None
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What would happen: tasks that are new, units that an existing task gets, rows that say what is there, and problems."""

    new: tuple[Wanted, ...]
    more: tuple[tuple[PlannedTask, Wanted], ...]
    same: tuple[Wanted, ...]
    problems: tuple[tuple[int, str], ...]

    @property
    def changes(self) -> int:
        return len(self.new) + len(self.more)


def trial(campaign: Campaign, rows: Sequence[SheetRow]) -> Trial:
    """Compare a sheet with the campaign; changes nothing."""
    units = names_on(campaign.starts)
    problems = [(row.row, words) for row in rows for words in _problems(row, units)]
    bad = {row for row, _words in problems}
    wanted = _gathered([row for row in rows if row.row not in bad], units)
    have = {each.text_zh: each for each in campaign.tasks.prefetch_related("task_units__unit")}
    new, more, same = [], [], []
    for each in wanted:
        task = have.get(each.text)
        if task is None:
            new.append(each) if each.lead else problems.append((each.rows[0], _("没有牵头单位")))
        elif _missing(task, each):
            more.append((task, each))
        else:
            same.append(each)
    return Trial(tuple(new), tuple(more), tuple(same), tuple(sorted(problems)))


@transaction.atomic
def apply(campaign: Campaign, found: Trial) -> int:
    """Add what is new; returns how many unit tasks. Nothing is handed out by it, and nothing taken away."""
    added = 0
    for each in found.new:
        added += len(add_task(campaign, OwnTask(each.text, each.lead, each.support, each.due, kind=each.kind)))
    for task, each in found.more:
        order = task.task_units.count()
        missing = _missing(task, each)
        TaskUnit.objects.bulk_create(
            TaskUnit(task=task, unit=unit, order=order + at, role=role) for at, (unit, role) in enumerate(missing)
        )
        added += len(missing)
    return added


def packed(rows: Sequence[SheetRow]) -> list[list[Any]]:
    """Rows as a session keeps them between the trial and the doing."""
    return [
        [r.row, r.task, list(r.lead), list(r.support), r.due.isoformat() if r.due else "", r.day_text, r.kind]
        for r in rows
    ]


def unpacked(kept: Sequence[Sequence[Any]]) -> list[SheetRow]:
    return [
        SheetRow(row, task, tuple(lead), tuple(support), date.fromisoformat(due) if due else None, day_text, kind)
        for row, task, lead, support, due, day_text, kind in kept
    ]


def _problems(row: SheetRow, units: Mapping[str, Unit]) -> Iterator[str]:
    """What keeps a row out, each in one sentence with the way out."""
    if not row.task:
        yield _("没有写任务")
    if not row.lead and not row.support:
        yield _("没有写单位")
    for name in (*row.lead, *row.support):
        if name not in units:
            yield _("没有叫“%(name)s”的单位：请写全称或登记过的简称") % {"name": name[:40]}
    if row.day_text:
        yield _("期限“%(text)s”读不懂：请写成 2026-09-15") % {"text": row.day_text[:20]}


def _gathered(rows: Sequence[SheetRow], units: Mapping[str, Unit]) -> list[Wanted]:
    """The tasks of the rows, each once: its units from all its rows, a unit that does both leads."""
    found: dict[str, Wanted] = {}
    kinds = {_(kind.label): kind.name for kind in KINDS}
    for row in rows:
        each = found.setdefault(row.task, Wanted(row.task))
        each.rows.append(row.row)
        each.lead += [units[name] for name in row.lead if units[name] not in each.lead]
        each.support += [units[name] for name in row.support if units[name] not in each.support]
        each.due = each.due or row.due
        each.kind = each.kind or kinds.get(row.kind, "")
    for each in found.values():
        each.support = [unit for unit in each.support if unit not in each.lead]
    return list(found.values())


def _missing(task: PlannedTask, wanted: Wanted) -> list[tuple[Unit, str]]:
    have = {pair.unit_id for pair in task.task_units.all()}
    named = [(unit, TaskUnit.Role.LEAD) for unit in wanted.lead] + [
        (unit, TaskUnit.Role.SUPPORT) for unit in wanted.support
    ]
    return [(unit, str(role)) for unit, role in named if unit.pk not in have]
