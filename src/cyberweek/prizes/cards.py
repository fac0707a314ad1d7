"""What draws show on the console's Today page. Offered to the port `today_cards` by `project.wiring`."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cyberweek.component.ports import TodayCard
from cyberweek.kernel.clock import system_clock
from cyberweek.plan.models import Campaign
from cyberweek.prizes import queries
from cyberweek.prizes.checklist import State, Step, checklists, next_step
from cyberweek.prizes.models import Draw


def today_cards(campaign: Campaign, request: HttpRequest) -> list[TodayCard]:
    """A card for each draw of which a step can be taken now; late ones in red."""
    if not request.user.has_perm("prize.run"):
        return []
    draws, now = queries.draws(campaign), system_clock()
    todo = checklists(draws, now)
    steps = [(each, next_step(todo[each.pk])) for each in draws]
    return [_card(draw, step, now) for draw, step in steps if step is not None and step.state == State.NEXT]


def _card(draw: Draw, step: Step, now: datetime) -> TodayCard:
    is_late = step.late_after is not None and now > step.late_after
    title = _("抽奖：%(activity)s") % {"activity": draw.activity.name}
    return TodayCard(
        title, str(step.title), "bad" if is_late else "warn", reverse("prizes_console:draw", args=[draw.activity.slug])
    )
