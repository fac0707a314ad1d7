"""The quiz as residents see it: a complete plain form that an island may make nicer. Reads releases and facts only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from cyberweek.activities.quiz import rules
from cyberweek.activities.quiz.public import areas
from cyberweek.activities.quiz.public.areas import NOT_SAID, NOTHING, Chosen
from cyberweek.activities.quiz.public.attempts import Taken, taken, verdict_words
from cyberweek.activities.quiz.public.waiting import waiting
from cyberweek.activities.quiz.public.words import labels, refusal
from cyberweek.activities.quiz.rules import Mode
from cyberweek.activities.quiz.snapshot import QuizSnapshot
from cyberweek.component import ports
from cyberweek.component.reading import NotFound, Shown, shown
from cyberweek.kernel.clock import system_clock
from cyberweek.plan.queries import shown_campaign


@never_cache
@require_safe
def play(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin, go on, or look at the result, by what this device's attempt has come to."""
    seen = shown_quiz(slug)
    if "unit" in request.GET and seen.snapshot is not None:
        return _by_link(request, seen)
    found = (
        None
        if seen.is_withdrawn
        else taken(request.COOKIES.get(f"cw_attempt_{seen.activity.pk}", ""), seen.activity.pk)
    )
    known = found.snapshot if found else seen.snapshot  # a paper takes only the codes of its own release
    asked = areas.chosen(request.COOKIES, known) if known else NOTHING
    context = paper_context(request, seen, found, chosen=asked)
    response = render(request, "quiz/public/play.html", context)
    if context["wait"] and context["wait"].seconds:
        response.headers["Refresh"] = str(context["wait"].seconds)
    return response


@csrf_exempt  # sets a cookie that says for whom this device plays, and nothing else; public pages carry no token
@require_POST
def say_area(request: HttpRequest, slug: str) -> HttpResponse:
    """Remember for which district this device plays, or that it does not want to say; or play for the unit no more."""
    seen = shown_quiz(slug)
    response = HttpResponse(status=303, headers={"Location": reverse("quiz:play", args=[slug])})
    if seen.snapshot is None:
        return response
    before = areas.chosen(request.COOKIES, seen.snapshot)
    if "leave_unit" in request.POST:
        areas.keep(response, before._replace(unit=""))
        return response
    district = request.POST.get("district", "") or NOT_SAID
    if district != NOT_SAID and district not in seen.snapshot.district_codes:
        response["Location"] += "?refused=unknown-unit"
        return response
    areas.keep(response, before._replace(district=district))
    return response


def shown_quiz(slug: str) -> Shown:
    """What people see of the running campaign's quiz; raises Http404 when there is none."""
    campaign = shown_campaign()
    if campaign is None:
        raise Http404
    try:
        return shown(campaign.pk, slug, QuizSnapshot)
    except NotFound:
        raise Http404(_("这项活动还没有开放")) from None


def paper_context(
    request: HttpRequest, seen: Shown, found: Taken | None, *, chosen: Chosen = NOTHING, admission: str = ""
) -> dict[str, Any]:
    """What the page of a paper needs, played for oneself or, with an admission, in a class."""
    activity = seen.activity
    opened = None if found is None else rules.show(found.snapshot, found.paper)
    is_daily = found is None or found.paper.mode == Mode.DAILY
    addresses = {
        "begin": f"/lane/quiz/{activity.pk}/begin",
        "do": f"/lane/quiz/{activity.pk}/do",
        "chances": "" if admission else _first(ports.chance_links, activity),
        "certificate": "" if admission else _first(ports.certificate_links, activity),
    }
    return {
        "activity": activity,
        "snapshot": seen.snapshot,
        "phase": "withdrawn" if seen.snapshot is None else seen.snapshot.window.phase(system_clock()).value,
        "opened": opened,
        "is_daily": is_daily,
        "verdict": None if found is None else verdict_words(found),
        "refused": refusal(request.GET.get("refused", "")),
        "wait": waiting(request.GET.get("wait", ""), system_clock()),
        "urls": addresses,
        "back": request.path,
        "english": get_language() == "en",
        "topics": [] if seen.snapshot is None else list(enumerate(seen.snapshot.topics, Mode.TOPIC)),
        "admission": admission,
        "chosen": chosen,
        "said": _said(chosen, seen.snapshot),
        "props": {
            **addresses,
            "activity": activity.pk,
            "attempt": found.token if found else None,
            "daily": is_daily,
            "guest": bool(admission),
            "gives": bool(seen.snapshot and seen.snapshot.gives_chances and not admission),
            "district": _code(chosen.district),
            "unit": chosen.unit,
            "opened": msgspec.to_builtins(opened) if opened else None,
            "language": get_language() or "zh-hans",
            "labels": labels(),
        },
    }


def _by_link(request: HttpRequest, seen: Shown) -> HttpResponse:
    """Somebody followed a unit's link: this device plays for the unit until its person says otherwise."""
    address = reverse("quiz:play", args=[seen.activity.slug])
    unit = request.GET["unit"]
    if unit not in seen.snapshot.unit_codes:
        return HttpResponse(status=303, headers={"Location": f"{address}?refused=unknown-unit"})
    response = HttpResponse(status=303, headers={"Location": address})
    areas.keep(response, areas.chosen(request.COOKIES, seen.snapshot)._replace(unit=unit))
    return response


def _said(chosen: Chosen, snapshot: QuizSnapshot | None) -> Mapping[str, str]:
    """The names of what was chosen, '' for what was not."""
    if snapshot is None:
        return {"district": "", "unit": ""}
    return {
        "district": areas.names(snapshot.districts).get(chosen.district, ""),
        "unit": areas.names(snapshot.units).get(chosen.unit, ""),
    }


def _code(district: str) -> str:
    return "" if district == NOT_SAID else district


def _first(links: Any, activity: Any) -> str:
    return next((url for link in links if (url := link(activity))), "")
