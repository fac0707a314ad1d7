"""Draws in the console: write the rules, stock up, close the list, record sources, draw, send, settle, delete."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cyberweek.component import ports
from cyberweek.kernel.clock import system_clock
from cyberweek.ledger import door
from cyberweek.people.models import Seat
from cyberweek.people.rights import right_required, seat_for
from cyberweek.people.vault import CannotOpen
from cyberweek.plan.models import Activity
from cyberweek.plan.queries import shown_campaign
from cyberweek.prizes import queries
from cyberweek.prizes.checklist import Shelf, checklists, next_step, shelves_of
from cyberweek.prizes.console.forms import PrizeFormSet, SheetForm, SourceForm, StockForm, initial_of, prize_initial
from cyberweek.prizes.means import vault
from cyberweek.prizes.models import Draw, Mark, SheetDraft
from cyberweek.prizes.services import claims, marking, sheets
from cyberweek.prizes.services import draws as steps
from cyberweek.prizes.services.claims import NotNow, erasure_due
from cyberweek.prizes.services.draws import Disagreement, Done, SamePerson, TooEarly
from cyberweek.prizes.words import faults_in_words, too_early

CLAIMS_A_PAGE = 100


@right_required("prize.run")
@require_safe
def draws(request: HttpRequest) -> HttpResponse:
    """Every activity for which a draw can be held."""
    kinds = list(ports.chance_kinds)
    found = list(Activity.objects.filter(campaign=shown_campaign(), kind__in=kinds).select_related("sheet_draft"))
    held = {each.pk: each for each in queries.draws_of(found)}
    todo = checklists(held.values(), system_clock())
    lines = [(each, held.get(each.pk), next_step(todo[each.pk]) if each.pk in todo else None) for each in found]
    return render(request, "prizes/console/draws.html", {"lines": lines})


@right_required("prize.run")
@require_safe
def draw(request: HttpRequest, slug: str) -> HttpResponse:
    activity = _activity(slug)
    found, now = queries.draw_of(activity), system_clock()
    if found is None:
        faults = faults_in_words(sheets.faults_of(activity, now))
        context: dict[str, Any] = {"activity": activity, "has_draft": queries.has_sheet(activity), "faults": faults}
        return render(request, "prizes/console/draft.html", context)
    return render(request, "prizes/console/draw.html", _page(request, found, now))


def _page(request: HttpRequest, found: Draw, now: datetime) -> dict[str, Any]:
    """Everything about a frozen draw: its steps, and who claimed."""
    rules, todo = queries.sheet_of(found), checklists([found], now)[found.pk]
    shelves = shelves_of(rules, queries.stock([found.pk])[found.pk])
    return {
        "activity": found.activity, "draw": found, "sheet": rules, "phase": queries.phase(found, rules, now),
        "frozen": queries.frozen_of(found), "sources": queries.sources_of(found, rules), "shelves": shelves,
        "stock_form": _stock_form(shelves) if shelves else None, "steps": todo, "next": next_step(todo),
        "claims": Paginator(queries.claims(found), CLAIMS_A_PAGE).get_page(request.GET.get("page")),
        "waiting": len(queries.goods_to_send(found)), "erasure_due": erasure_due(rules),
    }  # fmt: skip


@right_required("prize.run")
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    activity = _activity(slug)
    if queries.draw_of(activity) is not None:
        messages.error(request, _("活动已经开放，规则不能再改。"))
        return redirect("prizes_console:draw", slug)
    draft = SheetDraft.objects.filter(activity=activity).first()
    content = draft.content if draft else None
    form = SheetForm(request.POST or None, initial=initial_of(content) if content else sheets.proposal(activity))
    prizes = PrizeFormSet(request.POST or None, initial=prize_initial(content or {}), prefix="prize")
    if request.method == "POST" and form.is_valid() and prizes.is_valid():
        kept = [each.cleaned_data for each in prizes if each.cleaned_data.get("name_zh")]
        sheets.save(activity, form.content(kept))
        messages.success(request, _("规则已保存。活动发布时自动封存，以后不能再改。"))
        return redirect("prizes_console:draw", slug)
    context = {"activity": activity, "form": form, "prizes": prizes}
    bad = form.errors or (request.method == "POST" and not prizes.is_valid())
    return render(request, "prizes/console/sheet.html", context, status=422 if bad else 200)


@right_required("prize.run")
@require_POST
def drop(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        sheets.drop(_activity(slug))
    except sheets.Frozen:
        messages.error(request, _("活动已经开放，抽奖不能取消。"))
    else:
        messages.success(request, _("这项活动不设抽奖了。"))
    return redirect("prizes_console:draw", slug)


@right_required("prize.run")
@require_POST
def stock(request: HttpRequest, slug: str) -> HttpResponse:
    found = _draw(slug)
    form = _stock_form(shelves_of(queries.sheet_of(found), {}), request.POST, request.FILES)
    if form.is_valid():
        given = form.cleaned_data
        new = claims.stock_up(found.activity_id, given["prize"], given["lines"], vault=vault())
        messages.success(request, _("新增 %(new)d 个卡券码，%(old)d 个已经在库里。") % {
            "new": new, "old": len(set(given["lines"])) - new})  # fmt: skip
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("prizes_console:draw", slug)


@right_required("prize.run")
@require_POST
def freeze_list(request: HttpRequest, slug: str) -> HttpResponse:
    def work() -> str:
        steps.freeze_list(found, marking.excluded(found), writer=door.writer(), seat=seat.pk, at=system_clock())
        return _("名单已封存，根已公布。")

    found, seat = _draw(slug), _seat(request)
    return _step(request, slug, work)


@right_required("prize.run")
@require_safe
def marks(request: HttpRequest, slug: str) -> HttpResponse:
    """Who was marked for how they played, what they say to it, and what was decided."""
    found = _draw(slug)
    shown = Paginator(queries.marks(found), CLAIMS_A_PAGE).get_page(request.GET.get("page"))
    context = {"activity": found.activity, "draw": found, "marks": shown, "open": marking.undecided(found)}
    return render(request, "prizes/console/marks.html", context)


@right_required("prize.run")
@require_POST
def look(request: HttpRequest, slug: str) -> HttpResponse:
    """Look through every paper for patterns."""
    found, seat = _draw(slug), _seat(request)
    odd = [each for offer in ports.odd_participants for each in offer(found.activity)]
    try:
        new = marking.mark(found, odd, writer=door.writer(), seat=seat.pk, at=system_clock())
    except Done:
        messages.error(request, _("名单已经封存，不能再标记。"))
    else:
        messages.success(request, ngettext("新标记 %(n)d 个。", "新标记 %(n)d 个。", new) % {"n": new})
    return redirect("prizes_console:marks", slug)


@right_required("prize.run")
@require_POST
def decide(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Let a mark stand, or lift it."""
    found, seat = _draw(slug), _seat(request)
    stands = request.POST.get("stands") == "1"
    try:
        marking.decide(found, pk, stands=stands, writer=door.writer(), seat=seat.pk, at=system_clock())
    except Done:
        messages.error(request, _("已经决定过，或者名单已经封存。"))
    except Mark.DoesNotExist:
        raise Http404 from None
    else:
        messages.success(request, _("标记成立。") if stands else _("已解除标记，机会照常参加抽奖。"))
    return redirect("prizes_console:marks", slug)


@right_required("prize.run")
@require_POST
def source(request: HttpRequest, slug: str) -> HttpResponse:
    def work() -> str:
        given = form.cleaned_data
        known = steps.record_source(
            found, given["name"], given["value"], writer=door.writer(), seat=seat, at=system_clock()
        )
        return (
            _("已复核，两人一致。")
            if known.confirmed_by_id
            else _("已记录。请第二位工作人员登录后独立填写，一致才算数。")
        )

    found, seat, form = _draw(slug), _seat(request), SourceForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("请填写数值。"))
        return redirect("prizes_console:draw", slug)
    return _step(request, slug, work)


@right_required("prize.run")
@require_POST
def forget_source(request: HttpRequest, slug: str) -> HttpResponse:
    def work() -> str:
        steps.forget_source(found, request.POST.get("name", ""))
        return _("已撤回，可以重新填写。台账里仍能看到第一次的记录。")

    found = _draw(slug)
    return _step(request, slug, work)


@right_required("prize.run")
@require_POST
def hold(request: HttpRequest, slug: str) -> HttpResponse:
    def work() -> str:
        steps.hold(found, vault=vault(), writer=door.writer(), seat=seat.pk, at=system_clock())
        return _("已开奖，全部结果已公布。")

    found, seat = _draw(slug), _seat(request)
    return _step(request, slug, work)


@right_required("prize.run")
@require_POST
def day_keys(request: HttpRequest, slug: str) -> HttpResponse:
    def work() -> str:
        new = steps.publish_day_keys(found, vault=vault(), writer=door.writer(), seat=seat.pk, at=system_clock())
        return ngettext("公布了 %(n)d 天的密钥。", "公布了 %(n)d 天的密钥。", len(new)) % {"n": len(new)}

    found, seat = _draw(slug), _seat(request)
    return _step(request, slug, work)


@right_required("prize.run")
@require_POST
def addresses(request: HttpRequest, slug: str) -> HttpResponse:
    """The goods that wait to be sent, with where they go; reading it is an act of its own in the audit."""
    found, seat = _draw(slug), _seat(request)
    waiting = queries.goods_to_send(found)
    if not waiting:
        messages.error(request, _("没有待寄的奖品。"))
        return redirect("prizes_console:draw", slug)
    try:
        lines = steps.read_addresses(
            found, waiting, vault=vault(), writer=door.writer(), seat=seat.pk, at=system_clock()
        )
    except CannotOpen:
        _say_other_key(request)
        return redirect("prizes_console:draw", slug)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([_("序号"), _("名次"), _("奖品"), _("收件人"), _("地址"), _("手机号码")])
    writer.writerows([_harmless(str(cell)) for cell in line] for line in lines)
    headers = {"Content-Disposition": f'attachment; filename="addresses-{slug}.csv"', "Cache-Control": "no-store"}
    return HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8", headers=headers)


@right_required("prize.run")
@require_POST
def sent(request: HttpRequest, slug: str) -> HttpResponse:
    picked = [int(each) for each in request.POST.getlist("claim") if each.isdigit()]
    n = claims.mark_sent(_draw(slug), picked, at=system_clock())
    if n:
        messages.success(request, ngettext("%(n)d 份标为已寄出。", "%(n)d 份标为已寄出。", n) % {"n": n})
    else:
        messages.error(request, _("没有选中待寄的奖品。请先在表里勾选。"))
    return redirect("prizes_console:draw", slug)


@right_required("prize.run")
@require_POST
def settle(request: HttpRequest, slug: str) -> HttpResponse:
    def work() -> str:
        n = claims.settle(found, writer=door.writer(), seat=seat.pk, at=system_clock())
        return ngettext("已结清，递补 %(n)d 份。", "已结清，递补 %(n)d 份。", n) % {"n": n}

    found, seat = _draw(slug), _seat(request)
    return _step(request, slug, work)


@right_required("prize.run")
@require_POST
def erase(request: HttpRequest, slug: str) -> HttpResponse:
    def work() -> str:
        claims.erase(found, writer=door.writer(), seat=seat.pk, at=system_clock())
        return _("领奖人信息已删除，删除证明已公布。")

    found, seat = _draw(slug), _seat(request)
    return _step(request, slug, work)


def _step(request: HttpRequest, slug: str, work: Any) -> HttpResponse:
    """Take a step of the draw, and say what came of it."""
    try:
        messages.success(request, work())
    except TooEarly as error:
        messages.error(request, too_early(error.reason, error.when))
    except Done:
        messages.error(request, _("这一步已经做过，不能再做一次。"))
    except CannotOpen:
        _say_other_key(request)
    except SamePerson:
        messages.error(request, _("第二位工作人员必须是另一个人。"))
    except Disagreement:
        messages.error(request, _("和第一位工作人员填写的不一致，没有记录。请两人重新核对来源。"))
    except NotNow:
        messages.error(request, _("卡券不够候补递补，什么都没有改变。请先补充卡券库存，再结清一次。"))
    except KeyError:
        messages.error(request, _("规则里没有这个公开数。"))
    return redirect("prizes_console:draw", slug)


def _say_other_key(request: HttpRequest) -> None:
    """After a restore, for instance: the vault's key is in no backup."""
    messages.error(request, _("密钥不对：这里有用另一把密钥封存的内容。请把原来的 cyberweek_vault.key 放回来。"))


def _activity(slug: str) -> Activity:
    kinds = list(ports.chance_kinds)
    return get_object_or_404(Activity, campaign=shown_campaign(), slug=slug, kind__in=kinds)


def _draw(slug: str) -> Draw:
    found = queries.draw_of(_activity(slug))
    if found is None:
        raise Http404
    return found


def _seat(request: HttpRequest) -> Seat:
    return seat_for(request.user, Seat.Role.ORGANISER)


def _stock_form(shelves: list[Shelf], *given: Any) -> StockForm:
    return StockForm(*given, prizes=[(each.prize.code, each.prize.name_zh) for each in shelves])


def _harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: strangers write names and addresses."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell
