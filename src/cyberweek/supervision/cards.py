"""What supervision shows on the console's Today page. Offered to the port `today_cards` by `project.wiring`."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cyberweek.component.ports import TodayCard
from cyberweek.kernel.clock import CHINA, system_clock
from cyberweek.messages import queries as letters
from cyberweek.people.rights import seats_of, units_of
from cyberweek.plan.models import Campaign
from cyberweek.supervision.queries import state_counts, task_lines
from cyberweek.supervision.rules import ASSIGNED, DONE, DUE, LATE, REPORTED, UNASSIGNED


def today_cards(campaign: Campaign, request: HttpRequest) -> list[TodayCard]:
    """Late, unsigned, due soon and done: each with its light and the list behind it."""
    if not request.user.has_perm("task.enter"):
        return []
    today = system_clock().astimezone(CHINA).date()
    lines = task_lines(campaign, today=today, units=units_of(request.user))
    counts = state_counts(lines)
    unread = letters.unread([seat.pk for seat in seats_of(request.user)])
    cards = [
        TodayCard(_("未读消息"), str(unread), "warn" if unread else "good", reverse("letters:inbox")),
        _card(_("已逾期的任务"), counts, LATE, "bad"),
        _card(_("待签收的任务"), counts, ASSIGNED, "warn"),
        _card(_("两天内到期的任务"), counts, DUE, "warn"),
        _card(_("待复核的任务"), counts, REPORTED, "warn"),
        TodayCard(_("已办结的任务"), f"{counts[DONE]} / {counts['']}", "good", _url(DONE)),
    ]
    if counts[UNASSIGNED] and request.user.has_perm("task.decide"):
        cards.insert(0, _card(_("尚未交办的任务"), counts, UNASSIGNED, "bad"))
    return cards


def _card(title: str, counts: dict[str, int], state: str, light: str) -> TodayCard:
    return TodayCard(title, str(counts[state]), light if counts[state] else "good", _url(state))


def _url(state: str) -> str:
    return f"{reverse('supervision:tasks')}?state={state}"
