"""The console's own pages: today, the plan, activities, units, audit, search."""

from __future__ import annotations

import io
import zipfile

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cyberweek.component.ports import metrics, opening_gates, today_cards
from cyberweek.console import queries
from cyberweek.kernel.clock import this_day
from cyberweek.ledger.queries import activity_counts, counts, has_simulated, head
from cyberweek.people.rights import right_required, units_led_by
from cyberweek.plan.folder import folder_of, write_folder
from cyberweek.plan.models import Campaign
from cyberweek.plan.queries import shown_campaign

FIXED = (2000, 1, 1, 0, 0, 0)


@right_required("console.enter")
@require_safe
def today(request: HttpRequest) -> HttpResponse:
    campaign, day = shown_campaign(), this_day()
    if campaign is None:
        return render(request, "console/today.html", {"campaign": None})
    found = counts()
    headline = [each for each in metrics if each.headline]
    context = {
        "campaign": campaign,
        "today": day,
        "theme": campaign.theme_days.filter(date=day).first(),
        "running": [each for each in campaign.activities.all() if _is_on(each, day)],
        "deadlines": campaign.deadlines.filter(date__gte=day)[:5],
        "cards": [card for offer in today_cards for card in offer(campaign, request)],
        "figures": [(m, sum(v for (n, _a, b), v in found.items() if n == m.name and b == "")) for m in headline],
        "is_simulated": has_simulated(head().n),
        "props": {"url": "/lane/live"},
    }
    return render(request, "console/today.html", context)


@right_required("console.enter")
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    campaign = shown_campaign()
    context = queries.plan_of(campaign) if campaign else {}
    return render(request, "console/plan.html", {"campaign": campaign, **context})


@right_required("plan.edit")
@require_safe
def plan_export(_request: HttpRequest) -> HttpResponse:
    """The campaign's folder of text as one archive; the same campaign gives the same bytes."""
    campaign = _campaign()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in write_folder(folder_of(campaign)).items():
            archive.writestr(zipfile.ZipInfo(f"{campaign.slug}/{name}", FIXED), data)
    disposition = f'attachment; filename="{campaign.slug}.zip"'
    return HttpResponse(out.getvalue(), content_type="application/zip", headers={"Content-Disposition": disposition})


@right_required("activity.see")
@require_safe
def activities(request: HttpRequest) -> HttpResponse:
    campaign = shown_campaign()
    lines = queries.activity_lines(campaign, units_led_by(request.user)) if campaign else []
    context = {"campaign": campaign, "lines": lines, "may_edit": request.user.has_perm("activity.edit")}
    return render(request, "console/activities.html", context)


@right_required("activity.see")
@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    line = queries.activity_line(_campaign(), slug, units_led_by(request.user))
    if line is None:
        raise Http404
    found = activity_counts(line.activity.pk)
    context = {
        "line": line,
        "may_edit": request.user.has_perm("activity.edit"),
        "roles": line.activity.unit_roles.select_related("unit"),
        "releases": line.activity.releases.defer("body").order_by("-number"),
        "missing": [each for gate in opening_gates for each in gate(line.activity)],
        "figures": [(each, found[each.name, ""]) for each in metrics if (each.name, "") in found],
    }
    return render(request, "console/activity.html", context)


@right_required("console.enter")
@require_safe
def units(request: HttpRequest) -> HttpResponse:
    return render(request, "console/units.html", {"lines": queries.unit_lines(shown_campaign(), this_day())})


@right_required("console.enter")
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    campaign, words = shown_campaign(), request.GET.get("q", "").strip()[:60]
    found = queries.search(campaign, words) if campaign and words else {}
    return render(request, "console/search.html", {"q": words, **found})


def _is_on(activity, day) -> bool:
    starts = activity.starts is None or activity.starts <= day
    return starts and (activity.ends is None or day <= activity.ends)


def _campaign() -> Campaign:
    campaign = shown_campaign()
    if campaign is None:
        raise Http404
    return campaign
