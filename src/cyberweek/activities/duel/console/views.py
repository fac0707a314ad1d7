"""The duel in the console: settings, checks, publish, withdraw, live figures."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cyberweek.activities.duel import queries, services
from cyberweek.activities.duel.forms import SettingsForm, WithdrawForm
from cyberweek.activities.duel.metrics import METRICS
from cyberweek.activities.duel.models import Duel
from cyberweek.component import services as component
from cyberweek.component.models import Visibility
from cyberweek.component.services import NothingShown, NotReady
from cyberweek.kernel.clock import system_clock
from cyberweek.ledger import door
from cyberweek.ledger.queries import activity_counts
from cyberweek.people.models import Seat
from cyberweek.people.rights import right_required, seat_for
from cyberweek.plan.models import Activity
from cyberweek.plan.queries import shown_campaign


@right_required("activity.edit")
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    activity = activity_of(slug)
    duel = queries.duel_of(activity)
    form = SettingsForm(request.POST or None, initial=_initial(activity, duel))
    if request.method == "POST" and form.is_valid():
        services.save_settings(activity, opens=form.cleaned_data["opens"], closes=form.cleaned_data["closes"])
        messages.success(request, _("设置已保存。发布以后居民才会看到变化。"))
        return redirect("duel_console:edit", slug)
    return render(request, "duel/console/edit.html", {**_context(activity, duel), "form": form})


@right_required("activity.publish")
@require_POST
def publish(request: HttpRequest, slug: str) -> HttpResponse:
    duel = get_object_or_404(Duel, activity=activity_of(slug))
    seat = seat_for(request.user, Seat.Role.ORGANISER)
    try:
        release = services.publish(duel, writer=door.writer(), seat=seat.pk, at=system_clock())
    except NotReady as error:
        messages.error(request, _("还不能发布：%(what)s") % {"what": "；".join(each.message for each in error.missing)})
    else:
        messages.success(request, _("第 %(n)d 版已发布，居民马上就能看到。") % {"n": release.number})
    return redirect("duel_console:edit", slug)


@right_required("activity.publish")
@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    activity = activity_of(slug)
    form = WithdrawForm(request.POST)
    seat = seat_for(request.user, Seat.Role.ORGANISER)
    if not form.is_valid():
        messages.error(request, _("请写明撤下的理由。"))
        return redirect("duel_console:edit", slug)
    try:
        component.withdraw(activity, form.cleaned_data["reason"], writer=door.writer(), seat=seat.pk, at=system_clock())
    except NothingShown:
        messages.error(request, _("这项活动没有公开的版本。"))
    else:
        messages.success(request, _("已撤下。重新发布即可恢复。"))
    return redirect("duel_console:edit", slug)


def activity_of(slug: str) -> Activity:
    """A duel of the running campaign; raises Http404."""
    return get_object_or_404(Activity, campaign=shown_campaign(), slug=slug, kind="duel")


def _initial(activity: Activity, duel: Duel | None) -> dict[str, Any]:
    first = activity.starts or activity.campaign.starts
    last = activity.ends or activity.campaign.ends
    opens = localtime(duel.opens) if duel else make_aware(datetime.combine(first, time(9)))
    closes = localtime(duel.closes) if duel else make_aware(datetime.combine(last + timedelta(days=1), time()))
    shape = "%Y-%m-%dT%H:%M"
    return {"opens": f"{opens:{shape}}", "closes": f"{closes:{shape}}"}


def _context(activity: Activity, duel: Duel | None) -> dict[str, Any]:
    counts, visibility = activity_counts(activity.pk), _visibility(activity)
    snapshot = queries.snapshot_of(duel) if duel else None
    return {
        "activity": activity,
        "duel": duel,
        "missing": queries.missing(activity),
        "visibility": visibility,
        "is_shown": visibility is not None and visibility.release is not None and not visibility.withdrawn,
        "figures": [(metric, counts.get((metric.name, ""), 0)) for metric in METRICS],
        "items": len(snapshot.items) if snapshot else 0,
        "withdraw_form": WithdrawForm(),
        "props": {"url": "/lane/live"},
    }


def _visibility(activity: Activity) -> Visibility | None:
    return Visibility.objects.select_related("release").filter(activity=activity).first()
