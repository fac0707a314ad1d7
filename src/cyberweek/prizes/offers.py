"""What draws offer to other rooms' pages; `project` hands these to the ports."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from cyberweek.component.ports import Missing
from cyberweek.kernel.clock import system_clock
from cyberweek.plan.models import Activity
from cyberweek.prizes import queries
from cyberweek.prizes.means import vault
from cyberweek.prizes.services import sheets
from cyberweek.prizes.words import faults_in_words


def missing(activity: Activity) -> list[Missing]:
    """What a rules sheet lacks before its activity may open."""
    said = faults_in_words(sheets.faults_of(activity, system_clock()))
    url = reverse("prizes_console:sheet", args=[activity.slug])
    return [Missing(_("抽奖规则还缺：%(what)s") % {"what": each}, url) for each in said]


def opening(activity: Activity, seat: int, at: datetime, origin: int) -> None:
    """Freeze the rules sheet as its activity opens."""
    sheets.freeze(activity, seat=seat, at=at, vault=vault(), randomness=secrets.token_bytes, origin=origin)


def chance_link(activity: Activity) -> str | None:
    """Where a participant finds the chances of an activity."""
    return reverse("prizes:mine", args=[activity.slug]) if queries.has_sheet(activity) else None
