"""Staff and their seats, for system administrators."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cyberweek.kernel.clock import system_clock
from cyberweek.people import queries, services
from cyberweek.people.forms import SeatForm, StaffForm
from cyberweek.people.models import Holding, Staff
from cyberweek.people.rights import right_required


@right_required("staff.edit")
@require_safe
def staff(request: HttpRequest) -> HttpResponse:
    return _page(request, StaffForm())


@right_required("staff.edit")
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    form = StaffForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.add_staff(given["username"], name=given["name"], password=given["password"])
        except services.NameTaken:
            form.add_error("username", _("这个登录名已经有人用了，请换一个。"))
        except ValidationError as error:
            form.add_error("password", error)
        else:
            messages.success(request, _("已添加。请再给这个人一个岗位，否则什么都看不到。"))
            return redirect("people:staff")
    return _page(request, form, status=422)


@right_required("staff.edit")
@require_POST
def give_seat(request: HttpRequest, pk: int) -> HttpResponse:
    person, form = get_object_or_404(Staff, pk=pk), SeatForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请选择单位和岗位。"))
        return redirect("people:staff")
    try:
        services.give_seat(person, unit=form.cleaned_data["unit"], role=form.cleaned_data["role"], at=system_clock(), by=request.user)
    except services.OwnSeat:
        messages.error(request, _("不能给自己岗位，请另一位系统管理员来办。"))
    except services.SeatTaken:
        messages.error(request, _("这个人已经有这个岗位。"))
    except services.KeptApart:
        messages.error(request, _("系统、安全、审计三种管理员要分别由不同的人担任。"))
    else:
        messages.success(request, _("岗位已给出。"))
    return redirect("people:staff")


@right_required("staff.edit")
@require_POST
def end_seat(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.end_seat(get_object_or_404(Holding, pk=pk, until=None), at=system_clock())
    except services.LastAdministrator:
        messages.error(request, _("这是最后一位系统管理员，不能停用。"))
    else:
        messages.success(request, _("岗位已收回；这个岗位以前办的事仍在台账里。"))
    return redirect("people:staff")


@right_required("staff.edit")
@require_POST
def reset_second_factor(request: HttpRequest, pk: int) -> HttpResponse:
    services.reset_second_factor(get_object_or_404(Staff, pk=pk))
    messages.success(request, _("第二因素已清除；下次登录时要重新设置。"))
    return redirect("people:staff")


@right_required("staff.edit")
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        services.close_account(get_object_or_404(Staff, pk=pk), at=system_clock())
    except services.LastAdministrator:
        messages.error(request, _("这是最后一位系统管理员，不能停用。"))
    else:
        messages.success(request, _("账号已停用。"))
    return redirect("people:staff")


def _page(request: HttpRequest, form: StaffForm, status: int = 200) -> HttpResponse:
    context = {"lines": queries.staff_lines(), "form": form, "seat_form": SeatForm()}
    return render(request, "people/staff.html", context, status=status)
