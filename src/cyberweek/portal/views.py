"""Residents' pages. Public ones are the same for everybody, set no cookie, and may be kept for ten seconds."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import localdate
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from cyberweek.component.ports import held_data
from cyberweek.ledger.queries import counts
from cyberweek.people.ticket import TICKET_COOKIE, Forged, Signer
from cyberweek.plan.models import Campaign
from cyberweek.plan.queries import shown_campaign
from cyberweek.portal import calendar, queries
from cyberweek.portal.kinds import KIND_NAMES

FIGURES = ("quiz.participants", "quiz.answers", "quiz.papers")
YEAR_S = 365 * 24 * 3600
public = cache_control(public=True, max_age=10)


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    campaign = shown_campaign()
    if campaign is None:
        return render(request, "portal/empty.html")
    today = localdate()
    week = queries.week(campaign, today)
    items = queries.items(campaign, today)
    context = {
        "campaign": campaign,
        "week": week,
        "today": next((day for day in week if day.standing == "today"), None),
        "items": items,
        "playable": [each for each in items if each.play_url],
        "totals": _totals(),
        "days_to_go": (campaign.starts - today).days,
        "is_over": today > campaign.ends,
    }
    return render(request, "portal/home.html", context)


@public
@require_safe
def programme(request: HttpRequest) -> HttpResponse:
    campaign, today = _campaign(), localdate()
    asked = {"kind": request.GET.get("kind", ""), "day": request.GET.get("day", ""), "q": request.GET.get("q", "").strip()}
    found = queries.items(campaign, today, kind=asked["kind"], day=_day(asked["day"]), words=asked["q"][:60])
    kinds = sorted(set(campaign.activities.values_list("kind", flat=True)))
    context = {"campaign": campaign, "items": found, "asked": asked, "kinds": [(each, KIND_NAMES.get(each, each)) for each in kinds], "week": queries.week(campaign, today)}
    return render(request, "portal/programme.html", context)


@public
@require_safe
def calendar_feed(request: HttpRequest) -> HttpResponse:
    base = request.build_absolute_uri(reverse("portal:home"))
    return HttpResponse(calendar.write(_campaign(), base), content_type="text/calendar; charset=utf-8")


@public
@require_safe
def activity(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = _campaign()
    found = queries.item(campaign, slug, localdate())
    if found is None:
        raise Http404
    roles = {"host": [], "guide": [], "organiser": []}
    for each in found.activity.unit_roles.all():
        roles[each.role].append(each.unit)
    return render(request, "portal/activity.html", {"campaign": campaign, "item": found, "roles": roles})


@public
@require_safe
def themes(request: HttpRequest) -> HttpResponse:
    campaign = _campaign()
    days = campaign.theme_days.prefetch_related("lead_rows__unit")
    return render(request, "portal/themes.html", {"campaign": campaign, "days": days, "today": localdate()})


@public
@require_safe
def theme(request: HttpRequest, slug: str) -> HttpResponse:
    campaign = _campaign()
    day = campaign.theme_days.prefetch_related("lead_rows__unit").filter(slug=slug).first()
    if day is None:
        raise Http404
    items = queries.items(campaign, localdate(), day=day.date)
    return render(request, "portal/theme.html", {"campaign": campaign, "day": day, "items": items})


@never_cache
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What is held under this device's ticket."""
    held, has_ticket = [], False
    try:
        ticket = Signer(settings.TICKET_KEY).read_ticket(request.COOKIES.get(TICKET_COOKIE, ""))
    except Forged:
        pass
    else:
        has_ticket = True
        held = [each for offer in held_data for each in offer(ticket.participant)]
    context = {"has_ticket": has_ticket, "held": held, "erased": "erased" in request.GET}
    return render(request, "portal/my_data.html", context)


@csrf_exempt
@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Forget this device: without the ticket nobody can tell any more which facts were its own."""
    response = redirect(f"{reverse('portal:mydata')}?erased")
    for name in request.COOKIES:
        if name in (TICKET_COOKIE, "view", settings.LANGUAGE_COOKIE_NAME) or name.startswith("cw_attempt_"):
            response.delete_cookie(name, samesite="Lax")
    return response


@csrf_exempt
@require_POST
def set_view(request: HttpRequest) -> HttpResponse:
    """Remember how this device wants its pages; sets a display cookie and nothing else."""
    wanted = "elder" if request.POST.get("view") == "elder" else "standard"
    response = redirect(_back(request))
    response.set_cookie("view", wanted, max_age=YEAR_S, samesite="Lax", httponly=True, secure=settings.SECURE)
    return response


def _totals() -> dict[str, int]:
    """Headline figures over all activities, by the last word of their metric."""
    totals = dict.fromkeys((name.split(".")[1] for name in FIGURES), 0)
    for (metric, _activity, bucket), value in counts(FIGURES).items():
        totals[metric.split(".")[1]] += value if bucket == "" else 0
    return totals


def _campaign() -> Campaign:
    campaign = shown_campaign()
    if campaign is None:
        raise Http404
    return campaign


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, None) and wanted.startswith("/") else reverse("portal:home")
