"""Notes who signs in and out, by the signals of whatever lets people in. Connected once, when the app is ready."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import user_logged_in
from allauth.mfa.signals import authentication_failed
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.http import HttpRequest

from cyberweek.kernel.clock import system_clock
from cyberweek.people import sessions
from cyberweek.people.models import SignIn, Staff


def connect() -> None:
    """Listen; connecting again changes nothing."""
    user_logged_in.connect(note_in, dispatch_uid="people.watch")
    user_logged_out.connect(note_out, dispatch_uid="people.watch")
    user_login_failed.connect(note_wrong, dispatch_uid="people.watch")
    authentication_failed.connect(note_wrong_code, dispatch_uid="people.watch")


def note_in(request: HttpRequest, user: Staff, **_rest: Any) -> None:
    if not request.session.session_key:
        request.session.save()
    sessions.note_in(user, session=request.session.session_key or "", at=system_clock(), **_whence(request))


def note_out(request: HttpRequest, **_rest: Any) -> None:
    if request.session.session_key:
        sessions.note_end(request.session.session_key, SignIn.End.SELF, at=system_clock())


def note_wrong(credentials: dict[str, Any], request: HttpRequest | None = None, **_rest: Any) -> None:
    if request is not None:
        _wrong(request, str(credentials.get("username", "")), SignIn.Outcome.WRONG)


def note_wrong_code(request: HttpRequest, user: Staff, **_rest: Any) -> None:
    _wrong(request, user.username, SignIn.Outcome.WRONG_CODE)


def _wrong(request: HttpRequest, username: str, outcome: str) -> None:
    sessions.note_wrong(username, outcome=outcome, at=system_clock(), **_whence(request))


def _whence(request: HttpRequest) -> dict[str, str]:
    return {"address": get_adapter().get_client_ip(request), "device": request.headers.get("User-Agent", "")}
