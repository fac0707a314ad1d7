"""What a hall looks up at: the week and its live figures. Complete without a script; then it refreshes itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cyberweek.kernel.clock import this_day
from cyberweek.plan.queries import shown_campaign
from cyberweek.screen import queries

LIVE = {"url": "/lane/live"}
AFRESH_S = 120  # with a script too: the day, its theme and the bars do not come as live events


@never_cache
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    campaign, today = shown_campaign(), this_day()
    context = {"campaign": campaign, "today": today, "props": LIVE}
    if campaign is not None:
        figures, shares = queries.wall(campaign, today)
        context |= {
            "theme": campaign.theme_days.filter(date=today).first(),
            "figures": figures,
            "shares": shares,
            "days_to_go": max((campaign.starts - today).days, 0),
            "is_over": today > campaign.ends,
            "is_demo": campaign.is_demo,
            "address": request.get_host() + reverse("portal:home").rstrip("/"),
        }
    response = render(request, "screen/wall.html", context)
    response.headers["Refresh"] = str(AFRESH_S)
    return response
