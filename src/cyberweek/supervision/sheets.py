"""The division of tasks as a spreadsheet, in columns that sheet_reader.py understands again. Written by the port for tables."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from cyberweek.component.ports import TableText, table_writers
from cyberweek.supervision.queries import TaskLine
from cyberweek.ui.words import word_of


def write(lines: Sequence[TaskLine]) -> bytes:
    """One line for each unit's task: no., task, unit, part, due day, kind, how it stands."""
    columns = (
        (_("序号"), 8), (_("任务"), 60), (_("责任单位"), 28), (_("分工"), 8), (_("期限"), 12), (_("任务类型"), 12),
        (_("状态"), 10),
    )  # fmt: skip
    rows = tuple(_row(line) for line in lines)
    (writer,) = table_writers
    return writer(TableText(_("任务分工"), columns, rows))


def _row(line: TaskLine) -> tuple[object, ...]:
    task = line.pair.task
    part = _("牵头") if line.is_lead else _("配合")
    due = line.state.due.isoformat() if line.state.due else ""
    return (task.no, task.text, line.pair.unit.name, part, due, _(line.kind.label), str(word_of(line.standing).label))
