"""Pages about sessions: one's own, which one may end, and everybody's sign-ins for those who watch over them."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cyberweek.kernel.clock import system_clock
from cyberweek.people import queries, sessions
from cyberweek.people.models import Holding, Seat, Staff
from cyberweek.people.office import acting
from cyberweek.people.rights import right_required


@login_required
@require_safe
def own(request: HttpRequest) -> HttpResponse:
    """Where somebody is signed in now, and what was tried under their name lately."""
    staff = cast("Staff", request.user)
    context = {
        "open": queries.open_sign_ins(staff),
        "here": request.session.session_key,
        "wrong": queries.wrong_sign_ins(staff),
    }
    return render(request, "people/sessions.html", context)


@require_POST
@login_required
def end(request: HttpRequest, pk: int) -> HttpResponse:
    if sessions.end(cast("Staff", request.user), sign_in=pk, at=system_clock()):
        messages.success(request, _("那一处已经退出登录。"))
    else:
        messages.error(request, _("那一处已经不在登录了，没有再改动。"))
    return redirect("people:sessions")


@require_POST
@login_required
def end_others(request: HttpRequest) -> HttpResponse:
    here = request.session.session_key or ""
    sessions.end_others(cast("Staff", request.user), but=here, at=system_clock())
    messages.success(request, _("其他地方都已退出登录，只剩这一处。"))
    return redirect("people:sessions")


@require_POST
@right_required("session.end")
def sign_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign out whoever holds a seat, everywhere."""
    held = Holding.objects.filter(seat=pk, until=None).select_related("seat", "staff").first()
    if held is None:
        raise Http404
    sessions.sign_out(held.staff, held.seat, at=system_clock(), by=acting(request, Seat.Role.SECURITY))
    messages.success(request, _("担任这个岗位的人已在所有地方退出登录。"))
    return redirect("people:seat", pk=pk)


@right_required("sign-in.read")
@require_safe
def sign_ins(request: HttpRequest) -> HttpResponse:
    """Everybody's sign-ins and failed tries, newest first."""
    before, outcome = request.GET.get("before", ""), request.GET.get("outcome", "")
    found = queries.sign_ins(before=int(before) if before.isdigit() else None, outcome=outcome)
    more = found[-1].pk if len(found) == queries.SIGN_INS else None
    return render(request, "people/sign_ins.html", {"lines": found, "more": more, "outcome": outcome})
