"""Claim a prize: a phone number with its consent, the code that came, the prize. Works without any script."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cyberweek.kernel.clock import system_clock
from cyberweek.ledger import door
from cyberweek.messages.gateways import NotSent
from cyberweek.prizes import queries, words
from cyberweek.prizes import receipt as receipts
from cyberweek.prizes.means import demo_text, means, vault
from cyberweek.prizes.models import Claim, Draw, Pending
from cyberweek.prizes.public.forms import AddressForm, CodeForm, PhoneForm
from cyberweek.prizes.public.timeline import placed
from cyberweek.prizes.public.views import find, page
from cyberweek.prizes.services import claims
from cyberweek.prizes.services.claims import BadPhone, NotNow, OnePerPerson, TooMany, WrongCode
from cyberweek.prizes.sheet import Prize, Sheet

_PENDING, _CLAIM = "prizes.pending", "prizes.claim"
_LINK_LIVES = {_PENDING: timedelta(days=1), _CLAIM: timedelta(days=60)}  # done.html names the sixty days


@never_cache
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for the phone number, or, when it was given, send the code and go on.

    The receipt comes along in the form and in no address, so whoever only follows a link begins at the chances.
    """
    draw = find(slug)
    if request.method != "POST":
        return redirect("prizes:mine", slug)
    sheet = queries.sheet_of(draw)
    if "phone" not in request.POST:
        initial = {"receipt": request.POST.get("receipt", ""), "rank": request.POST.get("rank", "0")}
        return _ask_phone(request, draw, sheet, _phone_form(sheet, initial=initial))
    form = _phone_form(sheet, data=request.POST)
    if not form.is_valid():
        return _ask_phone(request, draw, sheet, form, status=422)
    pending = _send_code(draw, sheet, form)
    if pending is None:
        return _ask_phone(request, draw, sheet, form, status=422)
    return redirect("prizes:code", slug, signing.dumps(pending.pk, salt=_PENDING))


@never_cache
def code(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Take the code that came by text."""
    draw = find(slug)
    pending = Pending.objects.filter(pk=_pk(token, _PENDING), draw=draw).select_related("draw__activity").first()
    form = CodeForm(request.POST or None)
    context: dict[str, Any] = {**page(draw, queries.sheet_of(draw)), "form": form, "demo_text": demo_text()}
    if pending is None:
        context["gone"] = True
        return render(request, "prizes/public/code.html", context, status=410)
    context["phone"] = claims.masked(vault().open(bytes(pending.phone), about=f"pending.phone:{pending.pk}"))
    if request.method == "POST" and form.is_valid():
        claim = _verify(pending, form)
        if claim is not None:
            return redirect("prizes:done", slug, signing.dumps(claim.pk, salt=_CLAIM))
    return render(request, "prizes/public/code.html", context, status=422 if form.errors else 200)


@never_cache
def done(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """What the claim came to: a voucher's code, a form for the address, or a place in the line."""
    draw = find(slug)
    sheet, claim = queries.sheet_of(draw), _claim(draw, token)
    if claim is None:
        return render(request, "prizes/public/erased.html", page(draw, sheet), status=410)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        claims.save_address(claim, name=given["name"], address=given["address"], vault=vault())
        return redirect("prizes:done", slug, token)
    context = {
        **page(draw, sheet),
        "claim": claim,
        "prize": sheet.prize(claim.prize) if claim.prize else None,
        "voucher": claims.voucher_code(claim, vault()),
        "form": form if claims.needs_address(claim, sheet) else None,
        "token": token,
    }
    return render(request, "prizes/public/done.html", context, status=422 if form.errors else 200)


@never_cache
@require_POST
def erase(request: HttpRequest, slug: str, token: str) -> HttpResponse:
    """Delete what is known of the claimant, at their wish."""
    draw = find(slug)
    claim = _claim(draw, token)
    if claim is not None:
        claims.erase_one(claim)
    return render(request, "prizes/public/erased.html", page(draw, queries.sheet_of(draw)))


def _phone_form(sheet: Sheet, **given: Any) -> PhoneForm:
    return PhoneForm(
        given.get("data"), initial=given.get("initial"), consent=words.consent(sheet.organiser, sheet.erase_after_days),
        age=words.age_statement(),
    )  # fmt: skip


def _ask_phone(request: HttpRequest, draw: Draw, sheet: Sheet, form: PhoneForm, status: int = 200) -> HttpResponse:
    rank = str(form["rank"].value() or 0)
    context = {**page(draw, sheet), "form": form, "rank": rank, "prize": _prize(sheet, rank)}
    return render(request, "prizes/public/claim.html", context, status=status)


def _prize(sheet: Sheet, rank: str) -> Prize | None:
    """What is being claimed; None for an alternate. That the rank is the claimant's own is checked with the number."""
    if rank == "0":
        return sheet.instant.prize if sheet.instant else None
    return next(
        (each.prize for each in placed(sheet) if rank.isdecimal() and each.first <= int(rank) <= each.last), None
    )


def _send_code(draw: Draw, sheet: Sheet, form: PhoneForm) -> Pending | None:
    """Send the code; None when it could not be, with the reason in the form."""
    given = form.cleaned_data
    try:
        chance = queries.chance_in(draw, sheet, given["receipt"].encode(), vault())
        return claims.ask_for_code(
            draw, chance, given["phone"], rank=given["rank"], consent=str(form.fields["agree"].label),
            words=words.code_text(draw.activity.campaign.name), means=means(), at=system_clock(),
        )  # fmt: skip
    except receipts.BadReceipt as error:
        form.add_error(None, words.bad_receipt(error))
    except BadPhone:
        form.add_error("phone", _("请填写 11 位手机号码。"))
    except TooMany:
        form.add_error(None, _("验证码要得太多了。请等一分钟再试；同一个号码一天最多五次。"))
    except NotSent:
        form.add_error(None, _("短信没有发出去，您的机会没有受影响。请过几分钟再试。"))
    except NotNow as error:
        form.add_error(None, words.refusal(str(error)))
    return None


def _verify(pending: Pending, form: CodeForm) -> Claim | None:
    """Verify the code; None when that did not succeed, with the reason in the form."""
    given = form.cleaned_data["code"]
    try:
        return claims.verify(pending, given, means=means(), writer=door.writer(), at=system_clock())
    except WrongCode as error:
        left = _("验证码不对，还可以试 %(left)d 次。") % {"left": error.left}
        form.add_error("code", left if error.left else _("这个验证码已经失效。请返回重新获取。"))
    except OnePerPerson:
        form.add_error(None, _("这个号码在本次活动中已经领过奖，或已有更靠前的名次。一人一份。"))
    except NotNow as error:
        form.add_error(None, words.refusal(str(error)))
    return None


def _claim(draw: Draw, token: str) -> Claim | None:
    """The claim that a link leads to; None when it was deleted. Raises Http404 for a link that was not given here."""
    found = Claim.objects.filter(pk=_pk(token, _CLAIM)).select_related("draw__activity").first()
    if found is not None and found.draw_id != draw.pk:
        raise Http404
    return found


def _pk(token: str, salt: str) -> int:
    """The row that a signed token names; raises Http404 for a forged or old one."""
    try:
        return int(signing.loads(token, salt=salt, max_age=_LINK_LIVES[salt]))
    except signing.BadSignature:
        raise Http404 from None
