"""Pages of the way back: asking after the password, deciding in the console, and coming in by the link."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cyberweek.kernel.clock import system_clock
from cyberweek.ledger.door import writer
from cyberweek.people import keys, links, queries, recoveries
from cyberweek.people.acts import Acting
from cyberweek.people.forms import OwnPassword
from cyberweek.people.links import BadLink
from cyberweek.people.models import OneTimeLink, Recovery, Seat
from cyberweek.people.office import acting
from cyberweek.people.rights import right_required

DECIDING = (Seat.Role.SYSTEM, Seat.Role.SECURITY, Seat.Role.ORGANISER)


@require_http_methods(["GET", "HEAD", "POST"])
@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="account_login")
def lost(request: HttpRequest) -> HttpResponse:
    """Ask for a way back; the password has been proved, the second factor is what is missing."""
    if request.method != "POST":
        return render(request, "people/lost.html", {"needed": recoveries.APPROVERS})
    stage = request._login_stage  # type: ignore[attr-defined]  # noqa: SLF001 -- where allauth's decorator puts it
    try:
        asked = recoveries.ask(stage.login.user, writer=writer(), at=system_clock())
    except recoveries.NoSeat:
        problem = _("您还没有岗位，没有需要找回的。请联系系统管理员。")
        return render(request, "people/lost.html", {"problem": problem}, status=422)
    return render(request, "people/lost.html", {"asked": asked})


@right_required("recovery.decide")
@require_safe
def recovery_list(request: HttpRequest) -> HttpResponse:
    """Who asks for a way back, and how far each request is."""
    lines = queries.recovery_lines(request.user.pk or 0, system_clock())
    return render(request, "people/recoveries.html", {"lines": lines, "needed": recoveries.APPROVERS})


@never_cache
@require_POST
@right_required("recovery.decide")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Agree; whoever agrees second sees the link, this once, to hand it over in person."""
    at, found = system_clock(), _find(pk)
    try:
        token = recoveries.approve(found, vault=keys.vault(), token=keys.new_token, at=at, by=_deciding(request))
    except (recoveries.NotOpen, recoveries.OwnRequest, recoveries.SecondTime) as error:
        messages.error(request, _why_not(error))
        return redirect("people:recoveries")
    if not token:
        messages.success(request, _("已同意。还要另一个人也同意，才会有链接。"))
        return redirect("people:recoveries")
    address = request.build_absolute_uri(reverse("account_back", args=[token]))
    context = {"address": address, "until": at + links.GOOD_FOR[links.RECOVER], "username": found.staff.username}
    return render(request, "people/recovery_link.html", context)


@require_POST
@right_required("recovery.decide")
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        recoveries.refuse(_find(pk), at=system_clock(), by=_deciding(request))
    except (recoveries.NotOpen, recoveries.OwnRequest) as error:
        messages.error(request, _why_not(error))
    else:
        messages.success(request, _("已记下不同意，这个请求作废。"))
    return redirect("people:recoveries")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def back(request: HttpRequest, token: str) -> HttpResponse:
    """Come back by the link and the password; the lost second factor is forgotten, and a new one is asked for at once."""
    at = system_clock()
    try:
        link = links.find(token, links.RECOVER, vault=keys.vault(), at=at)
    except BadLink as error:
        return _back_page(request, {"problem": _bad_link(error)}, 410)
    form = OwnPassword(request.POST or None)
    if form.is_valid():
        try:
            return _let_in(request, link, form.cleaned_data["password"])
        except ValidationError as error:
            form.add_error("password", error)
        except links.UsedLink as error:
            return _back_page(request, {"problem": _bad_link(error)}, 410)
    return _back_page(request, {"form": form, "username": link.staff.username}, 422 if form.errors else 200)


def _let_in(request: HttpRequest, link: OneTimeLink, password: str) -> HttpResponse:
    """Raises ValidationError for a wrong password, or for too many of them."""
    username = link.staff.username
    if get_adapter().authenticate(request, username=username, password=password) != link.staff:
        raise ValidationError(_("密码不对，请再输一次。忘记了密码，请先找系统管理员换一个。"))
    staff = recoveries.come_back(link, writer=writer(), at=system_clock())
    return perform_password_login(request, {"username": username}, Login(user=staff))


def _back_page(request: HttpRequest, context: dict[str, object], status: int) -> HttpResponse:
    return render(request, "people/back.html", context, status=status)


def _deciding(request: HttpRequest) -> Acting:
    return acting(request, *DECIDING)


def _find(pk: int) -> Recovery:
    found = Recovery.objects.filter(pk=pk).select_related("staff").first()
    if found is None:
        raise Http404
    return found


def _why_not(error: Exception) -> str:
    return {
        recoveries.NotOpen: _("这个请求已经有人办过，或者过了三天没有办，没有再改动。"),
        recoveries.OwnRequest: _("不能替自己找回，请由另外两个人来办。"),
        recoveries.SecondTime: _("您已经同意过了，还要另一个人同意。"),
    }[type(error)]


def _bad_link(error: BadLink) -> str:
    return {
        links.UnknownLink: _("没有这个链接，或者后来又给了您一个新的。请用最近的一个，或重新请求找回。"),
        links.ExpiredLink: _("这个链接已经过期。请在登录页重新请求找回。"),
        links.UsedLink: _("这个链接已经用过。请直接登录；如果不是您用的，请马上告诉安全管理员。"),
    }[type(error)]
