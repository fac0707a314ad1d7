"""Pages about seats: which there are, who held each from when to when, and handing one over to somebody else."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cyberweek.kernel.clock import system_clock
from cyberweek.people import enrolment, queries, services
from cyberweek.people.forms import NewHolder
from cyberweek.people.models import Holding
from cyberweek.people.office import acting
from cyberweek.people.rights import right_required


@right_required("seat.read")
@require_safe
def seats(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:80]
    return render(request, "people/seats.html", {"lines": queries.seat_lines(text), "text": text})


@right_required("seat.read")
@require_safe
def seat(request: HttpRequest, pk: int) -> HttpResponse:
    found = queries.find_seat(pk)
    if found is None:
        raise Http404
    context = {
        "seat": found,
        "name": queries.seat_name(found),
        "holders": queries.holders(found),
        "may_hand_over": request.user.has_perm("staff.edit"),
    }
    return render(request, "people/seat.html", context)


@right_required("staff.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who takes a seat over; the former holder is out as soon as this is confirmed."""
    holding = _held_now(pk)
    form = NewHolder(request.POST or None)
    if form.is_valid():
        try:
            taken = enrolment.hand_over(holding, **form.cleaned_data, at=system_clock(), by=acting(request))
        except services.OwnSeat:
            form.add_error("username", _("不能给自己安排岗位，请由另一位系统管理员来办。"))
        except services.KeptApart:
            form.add_error("username", _("系统、安全、审计三种管理员须由不同的人担任。"))
        except services.SeatTaken:
            form.add_error("username", _("这个人在该单位已有同样的岗位。"))
        except enrolment.Closed:
            form.add_error("username", _("这个账号已停用，请换一个登录名。"))
        except services.LastAdministrator:
            form.add_error("username", _("这是最后一位系统管理员，只能移交给已经登录过的人。"))
        except services.NotHeld:
            messages.error(request, _("这个岗位刚才已经结束或移交，没有再改动。"))
            return redirect("people:seat", pk=holding.seat_id)
        else:
            return _handed_over(request, taken)
    context = {"holding": holding, "name": queries.seat_name(holding.seat), "form": form}
    return render(request, "people/hand_over.html", context, status=422 if form.errors else 200)


def _handed_over(request: HttpRequest, taken: Holding) -> HttpResponse:
    messages.success(request, _("岗位已移交，立即生效；原来的人已经退出登录，任务和记录都留在岗位上。"))
    if not taken.staff.has_usable_password():
        messages.info(request, _("新的人还没有登录过，请在“登录链接”页给一个一次性链接。"))
    return redirect("people:seat", pk=taken.seat_id)


def _held_now(pk: int) -> Holding:
    found = Holding.objects.filter(seat=pk, until=None).select_related("seat__unit", "staff").first()
    if found is None:
        raise Http404
    return found
