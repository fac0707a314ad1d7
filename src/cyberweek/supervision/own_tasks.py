"""Tasks from the office's own hand, the kind of any task, and saved views. The only writer of these; plan writes the plan's."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from cyberweek.component.ports import Copying
from cyberweek.plan.models import Activity, Campaign, PlannedTask, TaskUnit
from cyberweek.plan.revision import OWN_ROW
from cyberweek.supervision.models import ChosenKind, SavedView
from cyberweek.units.models import Unit

FIRST_NO = 1001  # own tasks are numbered apart, so that a revised plan has its numbers free


@dataclass(frozen=True, slots=True)
class OwnTask:
    """What the office wants done: by whom, with whose support, by when."""

    text: str
    lead: Sequence[Unit]
    support: Sequence[Unit] = ()
    due: date | None = None
    activity: Activity | None = None
    kind: str = ""
    text_en: str = ""


@transaction.atomic
def add_task(campaign: Campaign, wanted: OwnTask) -> list[TaskUnit]:
    """Put a task beside those of the plan; gives its unit-task pairs, which are not assigned yet."""
    last = campaign.tasks.filter(row=OWN_ROW).aggregate(last=Max("no"))["last"]
    task = PlannedTask.objects.create(
        campaign=campaign, row=OWN_ROW, no=(last or FIRST_NO - 1) + 1, text_zh=wanted.text, text_en=wanted.text_en,
        due=wanted.due, activity=wanted.activity,
    )  # fmt: skip
    roles = dict.fromkeys(wanted.lead, TaskUnit.Role.LEAD)
    for unit in wanted.support:
        roles.setdefault(unit, TaskUnit.Role.SUPPORT)
    if wanted.kind:
        choose_kind(task, wanted.kind)
    return TaskUnit.objects.bulk_create(
        TaskUnit(task=task, unit=unit, order=order, role=role) for order, (unit, role) in enumerate(roles.items())
    )


def copy_drafts(copying: Copying) -> None:
    """Let the tasks of another year be of the kinds that the office chose for them."""
    again = {task.no: task for task in copying.copy.tasks.all()}
    kinds = ChosenKind.objects.filter(task__campaign=copying.source).select_related("task")
    ChosenKind.objects.bulk_create(ChosenKind(task=again[each.task.no], kind=each.kind) for each in kinds)


def choose_kind(task: PlannedTask, kind: str) -> None:
    """Say what kind of task it is, and with it which evidence it needs."""
    ChosenKind.objects.update_or_create(task=task, defaults={"kind": kind})


def save_view(seat: int, name: str, query: str, *, most: int) -> bool:
    """Keep filters under a name for a seat, in place of what had that name; False when it keeps as many as it may."""
    own = SavedView.objects.filter(seat=seat)
    if own.count() >= most and not own.filter(name=name).exists():
        return False
    SavedView.objects.update_or_create(seat_id=seat, name=name, defaults={"query": query[:300]})
    return True


def remove_view(pk: int, seats: Collection[int]) -> bool:
    return bool(SavedView.objects.filter(pk=pk, seat__in=seats).delete()[0])
