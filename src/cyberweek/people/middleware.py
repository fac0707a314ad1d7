"""What has to hold before a page of the console opens: a second factor, and a session that is not over."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from cyberweek.kernel.clock import system_clock
from cyberweek.people import sessions
from cyberweek.people.models import SignIn

_SAID: dict[str, Any] = {
    SignIn.End.IDLE: _("您很久没有操作，已经自动退出。请重新登录，没有送出的内容需要再填一次。"),
    SignIn.End.LONG: _("这次登录时间已到，已经自动退出。请重新登录。"),
}


class SecondFactorRequired:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_console(request.path) and request.user.is_authenticated and not is_mfa_enabled(request.user):
            return redirect("mfa_activate_totp")
        return self.get_response(request)


class SessionLimits:
    """Ends a session of the console that was idle too long, or is too old; whoever it was signs in again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_console(request.path) and request.user.is_authenticated:
            at = system_clock()
            how = sessions.limit(request.session, at=at)
            if how:
                sessions.note_end(request.session.session_key or "", how, at=at)
                logout(request)
                messages.info(request, _SAID[how])
                return redirect_to_login(request.get_full_path())
        return self.get_response(request)


def is_console(path: str) -> bool:
    """True for pages of the console, in either language."""
    return path.removeprefix("/en").startswith("/console/")
