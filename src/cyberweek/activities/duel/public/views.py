"""The duel as residents see it: the table of counters, and an island to play on. Reads releases only."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cyberweek.activities.duel.public.words import labels, ring
from cyberweek.activities.duel.snapshot import DuelSnapshot
from cyberweek.component import ports
from cyberweek.component.reading import NotFound, shown
from cyberweek.kernel.clock import system_clock
from cyberweek.plan.queries import shown_campaign


@never_cache
@require_safe
def play(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules in six lines, and the way to a match."""
    campaign = shown_campaign()
    if campaign is None:
        raise Http404
    try:
        seen = shown(campaign.pk, slug, DuelSnapshot)
    except NotFound:
        raise Http404(_("这项活动还没有开放")) from None
    phase = "withdrawn" if seen.snapshot is None else seen.snapshot.window.phase(system_clock()).value
    context = {
        "activity": seen.activity,
        "snapshot": seen.snapshot,
        "phase": phase,
        "ring": ring(),
        "props": {
            "activity": seen.activity.pk,
            "socket": f"/lane/duel/{seen.activity.pk}/socket",
            "ring": ring(),
            "practice": next((url for link in ports.practice_links if (url := link(campaign))), ""),
            "labels": labels(),
        },
    }
    return render(request, "duel/public/play.html", context)
