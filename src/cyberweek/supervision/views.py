"""The list of tasks, and what is done with many of them. A liaison sees the own unit's, an organiser all."""

from __future__ import annotations

import csv
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cyberweek.kernel.clock import system_clock
from cyberweek.ledger.door import writer
from cyberweek.people.models import Seat
from cyberweek.people.rights import right_required, seat_acting_for, seat_for, units_of
from cyberweek.plan.queries import shown_campaign
from cyberweek.supervision import forms, own_tasks, queries, services
from cyberweek.supervision.rules import NotNow
from cyberweek.supervision.task_page import today
from cyberweek.ui.words import word_of

PER_PAGE = 100


@require_GET
@right_required("task.enter")
def tasks(request: HttpRequest) -> HttpResponse:
    campaign = shown_campaign()
    if campaign is None:
        return render(request, "supervision/tasks.html", {"campaign": None})
    asked = _asked(request)
    lines = _lines(request, asked)
    page = Paginator(queries.in_state(lines, asked["state"]), PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "supervision/tasks.html",
        {
            "campaign": campaign,
            "lines": page,
            "counts": queries.state_counts(lines),
            "tabs": _tabs(request, lines, asked),
            "asked": asked,
            "units": queries.units_with_tasks(campaign, units_of(request.user)),
            "query": _query(request),
            "may_sign": {line.pair.pk for line in page if line.signable and _may_answer(request, line)},
            "may_decide": request.user.has_perm("task.decide"),
        },
    )


@require_GET
@right_required("task.enter")
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, for a spreadsheet; the mark at its head makes Excel read it as UTF-8."""
    asked = _asked(request)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="tasks.csv"'
    sheet = csv.writer(response)
    sheet.writerow([_("序号"), _("任务"), _("责任单位"), _("期限"), _("状态")])
    for line in queries.in_state(_lines(request, asked), asked["state"]) if shown_campaign() else []:
        task = line.pair.task
        cells = [task.no, task.text, line.pair.unit.name, line.state.due or "", word_of(line.standing).label]
        sheet.writerow([_plain(cell) for cell in cells])
    return response


@require_POST
@right_required("task.decide")
def assign(request: HttpRequest) -> HttpResponse:
    campaign = shown_campaign()
    if campaign is None:
        raise Http404
    seat = seat_for(request.user, Seat.Role.ORGANISER)
    count = services.assign_all(campaign, writer=writer(), seat=seat.pk, at=system_clock())
    messages.success(request, _("已交办 %(count)d 项任务。") % {"count": count})
    return redirect("supervision:tasks")


@require_POST
@right_required("task.enter")
def sign_many(request: HttpRequest) -> HttpResponse:
    """Sign for everything that was ticked; what somebody else has just signed for is left as it is."""
    lines = [line for line in _lines(request, _NOTHING) if line.signable and _may_answer(request, line)]
    by_pk = {line.pair.pk: line for line in lines}
    form = forms.Chosen(request.POST, allowed=list(by_pk))
    chosen = form.cleaned_data["pair"] if form.is_valid() else []
    if not chosen:
        messages.error(request, _("没有签收任何任务：请先勾选仍待签收的任务。"))
    else:
        signed = sum(_signed(request, by_pk[pk]) for pk in chosen)
        messages.success(request, ngettext("已签收 %(n)d 项任务。", "已签收 %(n)d 项任务。", signed) % {"n": signed})
    return redirect(f"{reverse('supervision:tasks')}?{_query(request)}".rstrip("?"))


@require_http_methods(["GET", "POST"])
@right_required("task.decide")
def new_task(request: HttpRequest) -> HttpResponse:
    """Set a task that no plan names, and hand it out at once."""
    campaign = shown_campaign()
    if campaign is None:
        raise Http404
    form = forms.OwnTask(request.POST or None, campaign=campaign)
    if not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "supervision/new_task.html", {"form": form}, status=status)
    pairs = own_tasks.add_task(campaign, own_tasks.OwnTask(**form.cleaned_data))
    seat = seat_for(request.user, Seat.Role.ORGANISER)
    services.assign(pairs, hand=services.Hand(writer(), seat.pk, system_clock()))
    messages.success(request, _("任务已立项并交办给 %(n)d 个单位。") % {"n": len(pairs)})
    return redirect("supervision:task", pairs[0].pk)


_NOTHING = {"q": "", "unit": None, "state": "", "sort": "due"}


def _signed(request: HttpRequest, line: queries.TaskLine) -> bool:
    seat = seat_acting_for(request.user, line.pair.unit)
    try:
        services.sign_for(line.pair, writer=writer(), seat=seat.pk, at=system_clock(), seen=line.state.steps)
    except (services.Overtaken, NotNow):
        return False
    return True


def _lines(request: HttpRequest, asked: dict) -> list[queries.TaskLine]:
    units = units_of(request.user)
    if asked["unit"] is not None:
        units = {asked["unit"].pk} if units is None else units & {asked["unit"].pk}
    campaign = shown_campaign()
    if campaign is None:
        return []
    return queries.task_lines(campaign, today=today(), units=units, text=asked["q"], sort=asked["sort"] or "due")


def _may_answer(request: HttpRequest, line: queries.TaskLine) -> bool:
    return request.user.has_perm("task.answer", line.pair.unit)


def _asked(request: HttpRequest) -> dict:
    form = forms.Filter(request.GET)
    form.is_valid()
    return {name: form.cleaned_data.get(name) or empty for name, empty in _NOTHING.items()}


def _tabs(request: HttpRequest, lines: list[queries.TaskLine], asked: dict) -> list[dict]:
    counts = queries.state_counts(lines)
    names = {
        "": _("全部"),
        "open": _("未办结"),
        "late": _("已逾期"),
        "due": _("快到期"),
        "asked": _("申请延期"),
        "draft": _("未交办"),
        "assigned": _("待签收"),
        "signed": _("办理中"),
        "reported": _("待复核"),
        "done": _("已办结"),
        "dropped": _("已撤销"),
    }
    shown = [word for word in names if counts[word] or word in {"", "open", "late", asked["state"]}]
    return [
        {"name": names[word], "count": counts[word], "current": word == asked["state"], "query": _query(request, word)}
        for word in shown
    ]


def _query(request: HttpRequest, state: str | None = None) -> str:
    """The present filters as a query string, perhaps with another state; never the page."""
    kept = {name: value for name, value in request.GET.items() if name in _NOTHING and value}
    if state is not None:
        kept["state"] = state
    return urlencode({name: value for name, value in kept.items() if value})


def _plain(cell: object) -> object:
    """Keep a spreadsheet from running a text as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t"} else cell
