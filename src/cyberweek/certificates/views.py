"""Print a certificate for what this device passed; check one; publish the key. Nothing is stored, nobody's name logged."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from cyberweek.certificates import queries, sheet, statement
from cyberweek.certificates.forms import CheckForm, PrintForm
from cyberweek.certificates.statement import NotGenuine, Statement
from cyberweek.people.vault import Vault
from cyberweek.plan.models import Activity
from cyberweek.plan.queries import shown_campaign
from cyberweek.ui.typeset import NoGlyph


@csrf_exempt  # reads the attempt's cookie, which never comes along from another site, and changes nothing
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a name that may be left out, and give the sheet as PDF."""
    activity = _activity(slug)
    passed = queries.passed_in(activity, request.COOKIES.get(f"cw_attempt_{activity.pk}", ""))
    if passed is None:
        return render(request, "certificates/certificate.html", {"activity": activity}, status=404)
    form = PrintForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = queries.statement_of(activity, passed, Vault(settings.TICKET_KEY, os.urandom))
        text = statement.sign(made, _key())
        address = f"{request.build_absolute_uri(reverse('certificates:verify'))}#{text}"
        try:
            return _download(sheet.pdf(activity, made, address=address, name=form.cleaned_data["name"]))
        except NoGlyph:
            form.add_error("name", _("名字里有打印不出来的字，请换一种写法，或者留空以后手写。"))
    context = {"activity": activity, "passed": passed, "form": form}
    return render(request, "certificates/certificate.html", context, status=422 if form.errors else 200)


@csrf_exempt  # reads what is pasted and changes nothing
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Check a certificate: the island does it in the browser, also without a network; this page does it without a script."""
    form = CheckForm(request.POST if request.method == "POST" else None)
    known = queries.names()
    context: dict[str, Any] = {"form": form, "props": _props(known)}
    if form.is_valid():
        try:
            genuine = statement.read(form.cleaned_data["text"], _key().public_key())
        except NotGenuine:
            context["is_forged"] = True
        else:
            context["found"] = _found(genuine, known)
    response = render(request, "certificates/verify.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store" if request.method == "POST" else "public, max-age=10"
    patch_vary_headers(response, ("Cookie",))
    return response


@require_safe
def public_key(_request: HttpRequest) -> JsonResponse:
    """The key by which anybody can check certificates with a program of their own."""
    body = {
        "format": statement.FORMAT,
        "algorithm": "Ed25519",
        "public_key": statement.public_text(_key()),
        "signed": "context + payload",
        "context": statement.CONTEXT.decode(),
    }
    response = JsonResponse(body)
    response["Cache-Control"] = "public, max-age=10"
    return response


def _activity(slug: str) -> Activity:
    campaign = shown_campaign()
    found = None if campaign is None else campaign.activities.filter(slug=slug).select_related("campaign").first()
    if found is None:
        raise Http404(_("方案里没有这项活动"))
    return found


def _key() -> Any:
    return statement.key_from(settings.CERTIFICATE_KEY)


def _download(body: bytes) -> HttpResponse:
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
    return response


def _found(genuine: Statement, known: dict[str, str]) -> dict[str, Any]:
    key = f"{genuine.campaign}/{genuine.activity}"
    return {"statement": genuine, "name": known.get(key, key), "day": genuine.day.isoformat()}


def _props(known: dict[str, str]) -> dict[str, Any]:
    return {
        "key": statement.public_text(_key()),
        "context": statement.CONTEXT.decode(),
        "format": statement.FORMAT,
        "names": known,
        "language": get_language() or "zh-hans",
        "labels": {
            "genuine": _("这张证书是真的"),
            "forged": _("这不是本站签发的证书，或者内容被改过"),
            "activity": _("参加的活动"),
            "score": _("成绩"),
            "scored": _("答对 {right} 题，共 {of} 题，合格"),
            "day": _("日期"),
            "number": _("证书编号"),
            "release": _("题目的发布版"),
            "note": _("姓名不在签名里：证书上写的是谁，请另行核对。"),
        },
    }
