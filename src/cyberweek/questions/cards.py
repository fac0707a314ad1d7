"""What the bank shows on the console's Today page. Offered to the port `today_cards` by `project.wiring`."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cyberweek.component.ports import TodayCard
from cyberweek.plan.models import Campaign
from cyberweek.questions.models import Question


def today_cards(_campaign: Campaign, request: HttpRequest) -> list[TodayCard]:
    """How many questions wait for a second person."""
    if not request.user.has_perm("bank.review"):
        return []
    count = Question.objects.filter(stage=Question.Stage.WAITING).count()
    return [TodayCard(_("待审核的题"), str(count), "warn" if count else "good", reverse("bank:queue"))]
