"""The command wall for whoever has the right or sits before a display with a pass, and the list of such displays."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cyberweek.kernel.clock import system_clock
from cyberweek.people.models import Seat
from cyberweek.people.rights import right_required, seat_for
from cyberweek.plan.queries import shown_campaign
from cyberweek.screen import passes
from cyberweek.screen.command import command
from cyberweek.screen.forms import KeepForm
from cyberweek.screen.models import WallPass

View = Callable[..., HttpResponse]


def watched(view: View) -> View:
    """Let a view run for a display with a pass, and for staff with the right; fails closed."""
    for_staff = right_required("wall.watch")(view)

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if passes.opens(request.COOKIES.get(passes.COOKIE, ""), at=system_clock()):
            return view(request, *args, **kwargs)
        return for_staff(request, *args, **kwargs)

    return guarded


@never_cache
@require_safe
@watched
def show(request: HttpRequest) -> HttpResponse:
    """The whole wall."""
    return render(request, "screen/command.html", _context())


@never_cache
@require_safe
@watched
def parts(request: HttpRequest) -> HttpResponse:
    """What the wall puts in the place of what it shows; the same template as the page's."""
    return render(request, "screen/_parts.html", _context())


@never_cache
@require_safe
@right_required("wall.watch")
def displays(request: HttpRequest) -> HttpResponse:
    return _displays_page(request, KeepForm())


@require_POST
@right_required("wall.keep")
def keep(request: HttpRequest) -> HttpResponse:
    """Leave the wall open in this browser, and sign out of it."""
    form = KeepForm(request.POST)
    if not form.is_valid():
        return _displays_page(request, form, status=422)
    seat, now = seat_for(request.user, Seat.Role.ORGANISER), system_clock()
    token = passes.give(form.cleaned_data["name"], seat=seat.pk, at=now, randomness=secrets.token_bytes)
    logout(request)
    response = redirect("wall:show")
    response.set_cookie(
        passes.COOKIE, token, max_age=passes.GOOD_FOR, path=reverse("wall:displays"), httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    return response


@require_POST
@right_required("wall.keep")
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    passes.take_back(pk)
    messages.success(request, _("已收回。那台大屏下一次刷新就看不到了。"))
    return redirect("wall:displays")


def _displays_page(request: HttpRequest, form: KeepForm, status: int = 200) -> HttpResponse:
    given = WallPass.objects.filter(until__gt=system_clock())
    context = {"displays": given, "form": form, "days": passes.GOOD_FOR.days}
    return render(request, "screen/displays.html", context, status=status)


def _context() -> dict[str, Any]:
    campaign, now = shown_campaign(), system_clock()
    if campaign is None:
        return {"campaign": None}
    wall = command(campaign, now)
    return {
        "campaign": campaign,
        "wall": wall,
        "now": now,
        "theme": next((each.theme for each in wall.days if each.standing == "now"), None),
        "props": {"url": "/lane/live", "parts": reverse("wall:parts")},
    }
