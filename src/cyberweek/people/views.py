"""Pages about staff for the system administrator, and one's own account. Nobody's duty is edited here but by a seat."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import cast

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cyberweek.kernel.clock import CHINA, system_clock
from cyberweek.people import contacts, queries, services
from cyberweek.people.forms import Contact, NewSeat, NewStaff
from cyberweek.people.models import Staff
from cyberweek.people.office import acting
from cyberweek.people.rights import right_required, seats_of


@require_http_methods(["GET", "POST"])
@right_required("staff.edit")
def staff(request: HttpRequest) -> HttpResponse:
    form = NewStaff(request.POST or None)
    if form.is_valid():
        password = secrets.token_urlsafe(12)
        try:
            added = services.add_staff(**form.cleaned_data, password=password, at=system_clock(), by=acting(request))
        except services.NameTaken:
            form.add_error("username", _("这个登录名已有人使用，请换一个。"))
        else:
            _show_password(request, password)
            return redirect("people:person", pk=added.pk)
    text = request.GET.get("q", "").strip()[:80]
    context = {"lines": queries.staff_lines(text), "form": form, "text": text}
    return render(request, "people/staff.html", context, status=422 if form.errors else 200)


@require_GET
@right_required("staff.edit")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    return _person_page(request, _find(pk), NewSeat(on=_today()))


@require_POST
@right_required("staff.edit")
def give_seat(request: HttpRequest, pk: int) -> HttpResponse:
    line = _find(pk)
    form = NewSeat(request.POST, on=_today())
    if not form.is_valid():
        return _person_page(request, line, form, status=422)
    try:
        services.give_seat(line.staff, **form.cleaned_data, at=system_clock(), by=acting(request))
    except services.OwnSeat:
        form.add_error(None, _("不能给自己安排岗位，请由另一位系统管理员来办。"))
    except services.KeptApart:
        form.add_error("role", _("系统、安全、审计三种管理员须由不同的人担任。"))
    except services.SeatTaken:
        form.add_error("unit", _("这个人在该单位已有同样的岗位。"))
    else:
        messages.success(request, _("岗位已安排，立即生效。"))
        return redirect("people:person", pk=pk)
    return _person_page(request, line, form, status=422)


@require_POST
@right_required("staff.edit")
def end_seat(request: HttpRequest, pk: int, holding: int) -> HttpResponse:
    held = next((each for each in _find(pk).holdings if each.pk == holding), None)
    if held is None:
        raise Http404
    by = acting(request)
    return _do(request, pk, lambda: services.end_seat(held, at=system_clock(), by=by), _("岗位已结束。"))


@require_POST
@right_required("staff.edit")
def new_password(request: HttpRequest, pk: int) -> HttpResponse:
    password = secrets.token_urlsafe(12)
    services.set_password(_find(pk).staff, password, at=system_clock(), by=acting(request))
    _show_password(request, password)
    return redirect("people:person", pk=pk)


@require_POST
@right_required("staff.edit")
def close(request: HttpRequest, pk: int) -> HttpResponse:
    staff, by = _find(pk).staff, acting(request)
    return _do(
        request, pk, lambda: services.close_account(staff, at=system_clock(), by=by), _("账号已停用，岗位已结束。")
    )


@require_http_methods(["GET", "POST"])
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """One's own seats and keys, and how one is reached; open to staff who hold no seat yet."""
    own = cast("Staff", request.user)
    form = Contact(request.POST or None, initial={"email": own.email, "phone": contacts.number(own)})
    if form.is_valid():
        contacts.set_contact(own, **form.cleaned_data)
        messages.success(request, _("联系方式已保存。"))
        return redirect("people:account")
    context = {
        "form": form,
        "seats": [queries.seat_name(seat) for seat in seats_of(request.user)],
        "has_second_factor": is_mfa_enabled(request.user),
    }
    return render(request, "people/account.html", context, status=422 if form.errors else 200)


def _do(request: HttpRequest, pk: int, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        act()
    except services.LastAdministrator:
        messages.error(request, _("这是最后一位系统管理员。请先安排另一位，再办这一步。"))
    except services.NotHeld:
        messages.error(request, _("这个岗位刚才已经结束或移交，没有再改动。"))
    else:
        messages.success(request, done)
    return redirect("people:person", pk=pk)


def _find(pk: int) -> queries.StaffLine:
    line = queries.find_staff(pk)
    if line is None:
        raise Http404
    return line


def _person_page(request: HttpRequest, line: queries.StaffLine, form: NewSeat, status: int = 200) -> HttpResponse:
    held = [
        {"pk": each.pk, "seat": each.seat_id, "name": queries.seat_name(each.seat), "since": each.since}
        for each in line.holdings
    ]
    context = {"line": line, "held": held, "form": form, "own": line.staff.pk == request.user.pk}
    return render(request, "people/person.html", context, status=status)


def _show_password(request: HttpRequest, password: str) -> None:
    shown = _("临时密码（只显示这一次，请当面交给本人）：%(password)s") % {"password": password}
    messages.success(request, shown)


def _today():
    return system_clock().astimezone(CHINA).date()
