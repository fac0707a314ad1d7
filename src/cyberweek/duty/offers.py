"""What duty offers to other rooms' pages, by the ports that `component` declares."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from cyberweek.component.ports import OpenIncident, TodayCard
from cyberweek.duty.incidents.grading import GRADES
from cyberweek.duty.incidents.queries import IncidentLine, incident_lines
from cyberweek.duty.words import LETTER_NAMES
from cyberweek.kernel.clock import from_ms, system_clock
from cyberweek.plan.models import Campaign


def today_cards(campaign: Campaign, request: HttpRequest) -> list[TodayCard]:
    """How many incidents are open, in the light of the report that is due first."""
    if not request.user.has_perm("duty.see"):
        return []
    lines = _open(campaign, system_clock())
    lights = {each.light for each in lines}
    light = next((each for each in ("bad", "warn") if each in lights), "warn" if lines else "good")
    return [TodayCard(_("处置中的安全事件"), str(len(lines)), light, reverse("duty:incidents"))]


def open_incidents(campaign: Campaign, now: datetime) -> list[OpenIncident]:
    """Incidents for the wall: sort, grade and clock, nothing that somebody wrote."""
    lines = sorted(_open(campaign, now), key=lambda each: -GRADES.index(each.state.grade))
    return [_on_the_wall(each) for each in lines]


def _open(campaign: Campaign, now: datetime) -> list[IncidentLine]:
    return [each for each in incident_lines(campaign, now) if not each.is_closed]


def _on_the_wall(line: IncidentLine) -> OpenIncident:
    title = _("%(sort)s · %(grade)s") % {"sort": line.sort, "grade": line.grade}
    if line.incident.is_drill:
        title = _("演练：%(words)s") % {"words": title}
    return OpenIncident(
        title=title,
        light=line.light,
        since=from_ms(line.state.noticed),
        next_step=str(LETTER_NAMES[line.due.letter]) if line.due else "",
        due=line.due.at if line.due else None,
        url=reverse("duty:incident", args=[line.incident.number]),
    )
