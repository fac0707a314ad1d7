"""Tasks as plain text: for letters, for a chat group, for whoever pastes. One line each, nothing that needs a page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from cyberweek.supervision.queries import ASKED, TaskLine, in_state
from cyberweek.supervision.reminders import Reminder
from cyberweek.supervision.rules import ASSIGNED, DUE, LATE, REPORTED
from cyberweek.ui.templatetags.ui import short_day
from cyberweek.ui.words import word_of

MOST = 40  # lines of one part; the rest is a number


def listed(lines: Sequence[TaskLine]) -> str:
    """Each task on a line of its own: 1. 市委宣传部：安排宣传（期限 12月2日，已逾期）."""
    shown = [f"{number}. {said_of(line)}" for number, line in enumerate(lines[:MOST], 1)]
    if len(lines) > MOST:
        shown.append(_("……另有 %(n)d 项") % {"n": len(lines) - MOST})
    return "\n".join(shown)


def said_of(line: TaskLine) -> str:
    """One task in one line."""
    due = _("期限 %(day)s") % {"day": short_day(line.state.due)} if line.state.due else _("期限未定")
    return _("%(unit)s：%(task)s（%(due)s，%(state)s）") % {
        "unit": line.pair.unit.name,
        "task": line.pair.task.text,
        "due": due,
        "state": word_of(line.standing).label,
    }


def digest_text(lines: Sequence[TaskLine]) -> str:
    """What wants doing, by kind; empty when nothing does."""
    parts = (
        (_("已逾期"), LATE),
        (_("两天内到期"), DUE),
        (_("待签收"), ASSIGNED),
        (_("待复核"), REPORTED),
        (_("申请延期"), ASKED),
    )
    found = [(title, in_state(list(lines), word)) for title, word in parts]
    return "\n\n".join(
        _("%(title)s（%(n)d 项）") % {"title": title, "n": len(own)} + f"\n{listed(own)}" for title, own in found if own
    )


def reminder_subject(line: TaskLine, reminder: Reminder, today: date) -> str:
    """What is said of a day, in a line that fits a text."""
    days = (today - reminder.day).days
    if reminder.about == "unsigned":
        words = _("交办 %(n)d 天还没有签收") % {"n": days}
    elif days < 0:
        words = _("还有 %(n)d 天到期") % {"n": -days}
    else:
        words = _("已逾期 %(n)d 天") % {"n": days} if days else _("今天到期")
    return f"{words}：{line.short}"
