"""Residents' pages. Public ones are the same for everybody, set no cookie, and may be kept for ten seconds."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import wraps

from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from cyberweek.kernel.clock import system_clock, this_day
from cyberweek.plan.models import Campaign
from cyberweek.plan.queries import shown_campaign
from cyberweek.plan.words import KIND_NAMES
from cyberweek.portal import calendar, posters, queries
from cyberweek.portal.held import VIEW_COOKIE, erasable, held

YEAR_S = 365 * 24 * 3600
PUBLIC_S = 3  # what was withdrawn must be gone within five seconds
LONGEST_WORDS = 60
View = Callable[..., HttpResponse]


class SeeOther(HttpResponseRedirect):
    """The answer to a form is another page, fetched anew."""

    status_code = 303


def public(view: View) -> View:
    """Mark a page as the same for everybody but for the display cookie."""

    @wraps(view)
    def answer(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = require_safe(view)(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=PUBLIC_S)
        patch_vary_headers(response, ("Cookie",))
        return response

    return answer


@public
def home(request: HttpRequest) -> HttpResponse:
    campaign, now, today = shown_campaign(), system_clock(), this_day()
    if campaign is None:
        return render(request, "portal/empty.html")
    week, items = queries.week(campaign, today), queries.items(campaign, now)
    context = {
        "campaign": campaign,
        "phrases": _phrases(campaign.theme or campaign.name),
        "week": week,
        "today": next((day for day in week if day.standing == "today"), None),
        "groups": queries.by_standing(items),
        "play": next((each for each in items if each.play_url), None),
        "figures": queries.figures(items, today),
        "districts_url": queries.districts_url(items),
        "days_to_go": max((campaign.starts - today).days, 0),
        "is_over": today > campaign.ends,
    }
    return render(request, "portal/home.html", context)


@public
def programme(request: HttpRequest) -> HttpResponse:
    campaign, asked = _campaign(), _asked(request)
    found, week = queries.items(campaign, system_clock(), asked), queries.week(campaign, this_day())
    kinds = sorted(set(campaign.activities.values_list("kind", flat=True)), key=_kind_order)
    context = {
        "campaign": campaign,
        "asked": asked,
        "groups": queries.by_day(found, week, asked),
        "count": len(found),
        "kinds": [(each, KIND_NAMES.get(each, each)) for each in kinds],
        "week": week,
    }
    return render(request, "portal/programme.html", context)


@public
def calendar_feed(request: HttpRequest) -> HttpResponse:
    base = request.build_absolute_uri(reverse("portal:home"))
    return HttpResponse(calendar.write(_campaign(), base), content_type="text/calendar; charset=utf-8")


@public
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = _campaign()
    found = queries.item(campaign, slug, system_clock())
    if found is None:
        raise Http404(_("方案里没有这项活动"))
    days = queries.themes_of(found.activity, campaign)
    return render(request, "portal/activity.html", {"campaign": campaign, "item": found, "days": days})


@public
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """The activity's poster, for a unit when the address names one."""
    campaign = _campaign()
    found = queries.item(campaign, slug, system_clock())
    if found is None:
        raise Http404(_("方案里没有这项活动"))
    unit = queries.unit_coded(request.GET.get("unit", ""))
    path = found.link.url if found.link else reverse("portal:activity", args=[slug])
    address = request.build_absolute_uri(f"{path}?unit={unit.code}" if unit else path)
    words = posters.words(campaign, found.activity, unit.name if unit else "", address)
    return HttpResponse(posters.draw(words), content_type="image/png")


@public
def themes(request: HttpRequest) -> HttpResponse:
    campaign = _campaign()
    days = [each for each in queries.week(campaign, this_day()) if each.theme]
    return render(request, "portal/themes.html", {"campaign": campaign, "days": days})


@public
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    campaign, today = _campaign(), this_day()
    days = list(campaign.theme_days.prefetch_related("lead_rows__unit"))
    place = next((n for n, each in enumerate(days) if each.slug == slug), None)
    if place is None:
        raise Http404(_("方案里没有这个主题日"))
    context = {
        "campaign": campaign,
        "day": days[place],
        "is_today": days[place].date == today,
        "before": days[place - 1] if place else None,
        "after": days[place + 1] if place + 1 < len(days) else None,
        "items": queries.items(campaign, system_clock(), queries.Asked(day=days[place].date)),
    }
    return render(request, "portal/theme.html", context)


@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What this device keeps and what is held under its ticket."""
    found = held(request.COOKIES, settings.TICKET_KEY, language_cookie=settings.LANGUAGE_COOKIE_NAME)
    context = {"held": found, "erased": "erased" in request.GET, "moved": "moved" in request.GET}
    return render(request, "portal/my_data.html", context)


@csrf_exempt  # deletes only cookies that came along; as SameSite=Lax they never come along from another site
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Forget this device: without the ticket nobody can tell any more which facts were its own."""
    response = SeeOther(f"{reverse('portal:mydata')}?erased")
    response["Clear-Site-Data"] = '"storage"'  # answers that the quiz keeps while there is no network
    for name in erasable(request.COOKIES, language_cookie=settings.LANGUAGE_COOKIE_NAME):
        response.delete_cookie(name, samesite="Lax")
    return response


@csrf_exempt  # sets a display cookie and nothing else; public pages carry no token
@require_POST
def set_view(request: HttpRequest) -> HttpResponse:
    """Remember how this device wants its pages."""
    wanted = "elder" if request.POST.get("view") == "elder" else "standard"
    response = SeeOther(_back(request))
    response.set_cookie(VIEW_COOKIE, wanted, max_age=YEAR_S, samesite="Lax", httponly=True, secure=settings.SECURE)
    return response


@public
def robots(_request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in ("/console/", "/accounts/", "/my-data/", "/lane/")), ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
def manifest(_request: HttpRequest) -> HttpResponse:
    """What a phone needs to keep the week on its home screen."""
    campaign = shown_campaign()
    name = campaign.name if campaign else _("网安周")
    icon = {"src": static("ui/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    body = {
        "name": name,
        "short_name": _("网安周"),
        "start_url": reverse("portal:home"),
        "display": "minimal-ui",
        "icons": [icon],
    }
    return JsonResponse(body, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


def _campaign() -> Campaign:
    campaign = shown_campaign()
    if campaign is None:
        raise Http404(_("活动周还在准备"))
    return campaign


def _asked(request: HttpRequest) -> queries.Asked:
    words = " ".join(request.GET.get("q", "").replace("\0", "").split())[:LONGEST_WORDS]
    return queries.Asked(request.GET.get("kind", "")[:30].replace("\0", ""), _day(request.GET.get("day", "")), words)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _kind_order(kind: str) -> int:
    order = list(KIND_NAMES)
    return order.index(kind) if kind in order else len(order)


def _phrases(text: str) -> list[str]:
    """A slogan in the pieces that a line does not break inside."""
    return [each for each in re.split(r"(?<=[，、；。！])", text) if each]


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_own = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None)
    return wanted if is_own else reverse("portal:home")
