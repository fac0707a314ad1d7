"""Which tasks a page is about: what was asked in its address, and what the person may see. Shared by every view of the list."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from cyberweek.kernel.clock import CHINA, system_clock
from cyberweek.people.rights import units_of
from cyberweek.plan.models import Campaign
from cyberweek.supervision import forms, queries
from cyberweek.units.models import Unit

NAMES = ("q", "unit", "state", "sort")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a list is narrowed to; whatever could not be read is left out."""

    q: str = ""
    unit: Unit | None = None
    state: str = ""
    sort: str = "due"


def asked(request: HttpRequest) -> Asked:
    form = forms.Filter(request.GET)
    form.is_valid()
    given = {name: value for name in NAMES if (value := form.cleaned_data.get(name))}
    return Asked(**given)


def lines(request: HttpRequest, campaign: Campaign, wanted: Asked) -> list[queries.TaskLine]:
    """The tasks that were asked for, in whatever state; a liaison's are the own unit's."""
    units = units_of(request.user)
    if wanted.unit is not None:
        units = {wanted.unit.pk} if units is None else units & {wanted.unit.pk}
    today = system_clock().astimezone(CHINA).date()
    return queries.task_lines(campaign, today=today, units=units, text=wanted.q, sort=wanted.sort)


def query(request: HttpRequest, state: str | None = None) -> str:
    """The present filters as a query string, perhaps with another state; never the page."""
    kept = {name: value for name, value in request.GET.items() if name in NAMES and value}
    if state is not None:
        kept["state"] = state
    return urlencode({name: value for name, value in kept.items() if value})


def tabs(request: HttpRequest, found: list[queries.TaskLine], wanted: Asked) -> list[dict[str, object]]:
    """A tab for each state that has tasks, and for those that one always looks for."""
    counts = queries.state_counts(found)
    names = {
        "": _("全部"),
        "open": _("未办结"),
        "late": _("已逾期"),
        "due": _("快到期"),
        "asked": _("申请延期"),
        "draft": _("未交办"),
        "assigned": _("待签收"),
        "signed": _("办理中"),
        "reported": _("待复核"),
        "done": _("已办结"),
        "dropped": _("已撤销"),
    }
    shown = [word for word in names if counts[word] or word in {"", "open", "late", wanted.state}]
    return [
        {"name": names[word], "count": counts[word], "current": word == wanted.state, "query": query(request, word)}
        for word in shown
    ]
