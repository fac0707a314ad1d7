"""Draws as residents see them: the rules, what was published, their own chances, and how to check it all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from cyberweek.kernel.clock import system_clock
from cyberweek.people.ticket import TICKET_COOKIE, Forged, Signer, Ticket
from cyberweek.plan.models import Activity
from cyberweek.plan.queries import shown_campaign
from cyberweek.prizes import queries, verify_draw, words
from cyberweek.prizes import receipt as receipts
from cyberweek.prizes.means import demo_receipt, vault
from cyberweek.prizes.models import Draw
from cyberweek.prizes.public import timeline
from cyberweek.prizes.public.forms import AppealForm, ReceiptForm
from cyberweek.prizes.public.wins import earned
from cyberweek.prizes.queries import Chance
from cyberweek.prizes.services import marking
from cyberweek.prizes.sheet import Sheet

LIST_S = 60
WINNERS_A_PAGE = 100


@cache_control(public=True, max_age=10)
@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """Every draw of the campaign: what can be won, and when."""
    campaign = shown_campaign()
    found = [page(each, queries.sheet_of(each)) for each in queries.draws(campaign)] if campaign else []
    return render(request, "prizes/public/draws.html", {"draws": found})


@cache_control(public=True, max_age=10)
@require_safe
def draw(request: HttpRequest, slug: str) -> HttpResponse:
    """The rules, and everything that was published of a draw so far."""
    found = find(slug)
    rules = queries.sheet_of(found)
    shown, sources = page(found, rules), queries.sources_of(found, rules)
    context = {
        **shown,
        "sources": sources,
        "steps": timeline.steps(found, rules, shown["phase"], confirmed=queries.is_confirmed(sources)),
        "day_keys": sorted(queries.published_days([found])[found.pk].items()) if rules.instant else [],
        "winners": Paginator(queries.winners(found), WINNERS_A_PAGE).get_page(request.GET.get("page")),
        "erasure": queries.erasure_of(found) if found.erased_at else None,
    }
    return render(request, "prizes/public/draw.html", context)


@never_cache
@require_safe
def mine(request: HttpRequest, slug: str) -> HttpResponse:
    """The chances of this device, each with its receipt, and what they won."""
    found = find(slug)
    rules = queries.sheet_of(found)
    chances = earned(found, rules, device_chances(request, found, rules), system_clock())
    won = sorted((each for each in chances if each.wins), key=lambda each: not each.has_prize)
    ticket = device_ticket(request)
    mark = queries.mark_of(found, ticket.participant) if ticket else None
    context = {**page(found, rules), "chances": chances, "won": won, "mark": mark, "form": AppealForm()}
    return render(request, "prizes/public/mine.html", context)


@never_cache
@csrf_exempt  # reads the ticket's cookie, which never comes along from another site
@require_POST
def appeal(request: HttpRequest, slug: str) -> HttpResponse:
    """Say something to a mark; an officer reads it and decides."""
    found, ticket = find(slug), device_ticket(request)
    mark = queries.mark_of(found, ticket.participant) if ticket else None
    if mark is None:
        raise Http404
    form = AppealForm(request.POST)
    if form.is_valid() and not marking.appeal(mark, form.cleaned_data["text"], at=system_clock()):
        form.add_error(None, _("已经决定，或名单已经封存，不能再申诉。请联系规则里的投诉渠道。"))
    if form.is_valid():
        return redirect("prizes:mine", slug)
    return render(
        request,
        "prizes/public/mine.html",
        {
            **page(found, queries.sheet_of(found)),
            "mark": mark,
            "form": form,
            "chances": device_chances(request, found, queries.sheet_of(found)),
            "won": [],
        },
        status=422,
    )


@never_cache
@require_safe
def receipt(request: HttpRequest, slug: str, day: str) -> HttpResponse:
    found = find(slug)
    for chance in device_chances(request, found, queries.sheet_of(found)):
        if chance.day == day:
            name = f"receipt-{slug}-{day}.json"
            return _download(queries.receipt_of(found, chance), name)
    raise Http404


@never_cache
@csrf_exempt
def check(request: HttpRequest, slug: str) -> HttpResponse:
    """Look a receipt up: whether it is in the list, and what it won. Works without the device that earned it."""
    found = find(slug)
    rules = queries.sheet_of(found)
    form = ReceiptForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {**page(found, rules), "form": form, "demo_receipt": demo_receipt(found)}
    if request.method == "POST" and form.is_valid():
        try:
            chance = queries.chance_in(found, rules, form.receipt(), vault())
        except receipts.BadReceipt as error:
            form.add_error(None, words.bad_receipt(error))
        else:
            (context["chance"],) = earned(found, rules, [chance], system_clock())
            context["form"] = ReceiptForm()
    return render(request, "prizes/public/check.html", context, status=422 if form.errors else 200)


@cache_control(public=True, max_age=LIST_S)
@require_safe
def verify(request: HttpRequest, slug: str) -> HttpResponse:
    """Do the whole draw again in the browser, or check a receipt against the root."""
    found = find(slug)
    frozen = queries.frozen_of(found)
    props = {
        "pack": reverse("prizes:pack", args=[slug]) if found.pack_id else "",
        "announced": found.pack.digest if found.pack else "",
        "root": frozen.root if frozen else "",
        "labels": _verify_labels(),
    }
    return render(request, "prizes/public/verify.html", {**page(found, queries.sheet_of(found)), "props": props})


@cache_control(public=True, max_age=LIST_S)
@require_safe
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    return _download(bytes(find(slug).sheet.body), f"sheet-{slug}.json")


@cache_control(public=True, max_age=3600)
@require_safe
def pack(request: HttpRequest, slug: str) -> HttpResponse:
    found = find(slug)
    if found.pack is None:
        raise Http404(_("还没有开奖"))
    return _download(bytes(found.pack.body), f"draw-{slug}.json")


@cache_control(public=True, max_age=LIST_S)
@require_safe
def erasure(request: HttpRequest, slug: str) -> HttpResponse:
    """The certificate that what was known of claimants was deleted."""
    paper = queries.erasure_of(find(slug))
    if paper is None:
        raise Http404(_("还没有删除领奖人信息"))
    return _download(bytes(paper.body), f"erasure-{slug}.json")


@cache_control(public=True, max_age=3600)
@require_safe
def verifier(request: HttpRequest) -> HttpResponse:
    """The program that checks a draw, as it stands in this installation."""
    text = Path(verify_draw.__file__).read_bytes()
    headers = {"Content-Disposition": 'attachment; filename="verify_draw.py"'}
    return HttpResponse(text, content_type="text/x-python; charset=utf-8", headers=headers)


def find(slug: str) -> Draw:
    """The draw of an activity of the shown campaign; raises Http404."""
    campaign = shown_campaign()
    activity = Activity.objects.filter(campaign=campaign, slug=slug).first() if campaign else None
    found = queries.draw_of(activity) if activity else None
    if found is None:
        raise Http404(_("这项活动没有抽奖"))
    return found


def page(found: Draw, rules: Sheet) -> dict[str, Any]:
    """What every page of a draw shows."""
    return {
        "draw": found,
        "activity": found.activity,
        "sheet": rules,
        "phase": queries.phase(found, rules, system_clock()),
        "frozen": queries.frozen_of(found),
        "prizes": timeline.placed(rules),
    }


def device_chances(request: HttpRequest, found: Draw, rules: Sheet) -> list[Chance]:
    """The chances that this device's ticket earned; none without a ticket."""
    ticket = device_ticket(request)
    return queries.chances_of(found, rules, ticket.participant, vault()) if ticket else []


def device_ticket(request: HttpRequest) -> Ticket | None:
    try:
        return Signer(settings.TICKET_KEY).read_ticket(request.COOKIES.get(TICKET_COOKIE, ""))
    except Forged:
        return None


def _download(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(data, content_type="application/json", headers=headers)


def _verify_labels() -> dict[str, str]:
    return {
        "whole": _("核对整个抽奖"),
        "working": _("正在下载并重新计算…"),
        "right": _("核对无误：每一步都能重新算出同样的结果。"),
        "wrong": _("核对不符"),
        "chances": _("{n} 次机会，{excluded} 次不参加，{ranked} 个名次"),
        "digest": _("结果摘要"),
        "receipt": _("核对我的凭证"),
        "paste": _("把凭证文件的内容粘贴在这里"),
        "file": _("或选择凭证文件"),
        "listed": _("这张凭证在封存的名单里（第 {i} 条，共 {n} 条）。"),
        "unlisted": _("这张凭证不在封存的名单里。请向主办方查询原因。"),
        "early": _("名单还没有封存；封存以后凭证才带有证明，请从“我的机会”重新下载。"),
        "damaged": _("这不是一张有效的凭证。"),
        "offline": _("下载失败。请检查网络后再试。"),
        **{f"wrong_{what}": said for what, said in words.wrong_in_words().items()},
    }
