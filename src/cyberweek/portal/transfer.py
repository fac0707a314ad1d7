"""Take the ticket of one device to another: WeChat and the browser are two devices to the server. Public pages, no token."""

from __future__ import annotations

import os
import secrets
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from cyberweek.component.metrics import CHANCE_HOLDERS
from cyberweek.component.reading import shown_activities
from cyberweek.kernel.clock import system_clock, to_ms
from cyberweek.kernel.codes import say_code
from cyberweek.ledger.queries import is_counted
from cyberweek.people import transfers
from cyberweek.people.ticket import TICKET_COOKIE, Signer, Ticket
from cyberweek.people.vault import Vault
from cyberweek.portal.held import ATTEMPT_COOKIE, ticket_in

MONTH_S = 30 * 24 * 3600
LONGEST = 20  # letters of what was typed that are shown again


@csrf_exempt  # shows a code to whoever holds the ticket's cookie, which never comes along from another site
@never_cache
@require_POST
def give(request: HttpRequest) -> HttpResponse:
    """Show a code that moves this device's ticket."""
    ticket = ticket_in(request.COOKIES, settings.TICKET_KEY)
    if ticket is None:
        context: dict[str, Any] = {"problem": _("这台设备还没有参与凭证，没有什么可以带走。先参加一次活动，再来这里。")}
        return render(request, "portal/transfer.html", context, status=409)
    code = transfers.give_code(ticket.participant, vault=_vault(), at=system_clock(), below=secrets.randbelow)
    return render(request, "portal/transfer.html", {"code": say_code(code)})


@csrf_exempt  # changes only this device's own cookies, and only with a code that somebody typed
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: HttpRequest) -> HttpResponse:
    """Type the code of another device, and have its ticket; own chances stay behind, which has to be confirmed."""
    if request.method != "POST":
        return _ask(request)
    text, own, now = request.POST.get("code", ""), ticket_in(request.COOKIES, settings.TICKET_KEY), system_clock()
    try:
        found = transfers.find(text, vault=_vault(), address=_address(request), at=now)
        if own is not None and own.participant == found.participant:
            return _ask(request, text, _("这台设备用的已经是同一个凭证，不用再带。"))
        if own is not None and "confirmed" not in request.POST and _has_chances(own):
            return render(request, "portal/transfer_take.html", {"code": text[:LONGEST], "must_confirm": True})
        participant = transfers.use(found, at=now)
    except transfers.BadCode as error:
        return _ask(request, text, _words(error))
    response = HttpResponse(status=303, headers={"Location": f"{reverse('portal:mydata')}?moved"})
    for name in request.COOKIES:
        if name.startswith(ATTEMPT_COOKIE):
            response.delete_cookie(name, samesite="Lax")
    token = Signer(settings.TICKET_KEY).ticket(Ticket(participant, to_ms(now)))
    response.set_cookie(
        TICKET_COOKIE, token, max_age=MONTH_S, samesite="Lax", httponly=True, secure=settings.SECURE
    )  # fmt: skip
    return response


def _ask(request: HttpRequest, text: str = "", problem: str = "") -> HttpResponse:
    context = {"code": text[:LONGEST], "problem": problem}
    return render(request, "portal/transfer_take.html", context, status=409 if problem else 200)


def _words(error: transfers.BadCode) -> str:
    return {
        transfers.UnknownCode: _("没有这个转移码。请对照那台设备的屏幕再输一次。"),
        transfers.ExpiredCode: _("这个转移码已经过了十分钟。请在那台设备上再要一个。"),
        transfers.UsedCode: _("这个转移码已经用过，一个码只能用一次。请在那台设备上再要一个。"),
        transfers.TooManyWrong: _("从这个网络输错的次数太多了。请十分钟以后再试，或者换个网络。"),
    }[type(error)]


def _has_chances(own: Ticket) -> bool:
    return is_counted(CHANCE_HOLDERS.name, shown_activities(), own.participant)


def _vault() -> Vault:
    return Vault(settings.TICKET_KEY, os.urandom)


def _address(request: HttpRequest) -> str:
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "") if settings.BEHIND_PROXY else ""
    return forwarded.rsplit(",", 1)[-1].strip() or request.META.get("REMOTE_ADDR", "")
