"""Pages about tasks: the list, one task, and what may be done with it. A liaison sees the own unit's, an organiser all."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from cyberweek.kernel.clock import CHINA, system_clock
from cyberweek.ledger.door import writer
from cyberweek.people.models import Seat
from cyberweek.people.rights import right_required, seat_acting_for, seat_for, units_of
from cyberweek.plan.queries import shown_campaign
from cyberweek.supervision import forms, queries, services
from cyberweek.supervision.rules import ASSIGNED, DONE, SIGNED, NotNow
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


@require_GET
@right_required("task.enter")
def task(request: HttpRequest, pair: int) -> HttpResponse:
    return _task_page(request, _line(request, pair), forms.DueDay())


@require_POST
@right_required("task.enter")
def sign(request: HttpRequest, pair: int) -> HttpResponse:
    return _answer(request, pair, services.sign_for, _("已签收。"))


@require_POST
@right_required("task.enter")
def close(request: HttpRequest, pair: int) -> HttpResponse:
    return _answer(request, pair, services.close, _("已登记办结。"))


@require_POST
@right_required("task.decide")
def reopen(request: HttpRequest, pair: int) -> HttpResponse:
    return _answer(request, pair, services.reopen, _("已退回重办。"))


@require_POST
@right_required("task.decide")
def due(request: HttpRequest, pair: int) -> HttpResponse:
    line = _line(request, pair)
    form = forms.DueDay(request.POST)
    if not form.is_valid():
        return _task_page(request, line, form, status=422)
    day: date = form.cleaned_data["due"]

    def move(unit_task, **act) -> None:
        services.move_due(unit_task, day, **act)

    return _answer(request, pair, move, _("期限已改。"))


_NOTHING = {"q": "", "unit": None, "state": "", "sort": "due"}


def _answer(request: HttpRequest, pair: int, act: Callable[..., None], done: str) -> HttpResponse:
    line = _line(request, pair)
    if not _may_answer(request, line):
        raise PermissionDenied
    form = forms.Seen(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else None
    seat = seat_acting_for(request.user, line.pair.unit)
    try:
        act(line.pair, writer=writer(), seat=seat.pk, at=system_clock(), seen=seen)
    except services.Overtaken:
        messages.error(request, _("刚才有人先办了这项任务，您的操作没有记录。下面是现在的状态，请看后再定。"))
    except NotNow as error:
        messages.error(request, _("现在不能这样办：这项任务%(state)s。") % {"state": word_of(error.stage).label})
    else:
        messages.success(request, done)
    return redirect("supervision:task", pair=pair)


def _signed(request: HttpRequest, line: queries.TaskLine) -> bool:
    seat = seat_acting_for(request.user, line.pair.unit)
    try:
        services.sign_for(line.pair, writer=writer(), seat=seat.pk, at=system_clock(), seen=line.state.steps)
    except (services.Overtaken, NotNow):
        return False
    return True


def _task_page(request: HttpRequest, line: queries.TaskLine, form: forms.DueDay, status: int = 200) -> HttpResponse:
    stage, answer, decide = line.state.stage, _may_answer(request, line), request.user.has_perm("task.decide")
    return render(
        request,
        "supervision/task.html",
        {
            "line": line,
            "history": queries.history(line),
            "form": form,
            "may_sign": answer and stage == ASSIGNED,
            "may_close": answer and stage == SIGNED,
            "may_reopen": decide and stage == DONE,
            "may_move": decide and line.state.open,
            "now": system_clock(),
        },
        status=status,
    )


def _line(request: HttpRequest, pair: int) -> queries.TaskLine:
    """The task, or 404 also when it is another unit's: its existence is not told."""
    line = queries.find_line(pair, today=_today())
    units = units_of(request.user)
    if line is None or (units is not None and line.pair.unit_id not in units):
        raise Http404
    return line


def _lines(request: HttpRequest, asked: dict) -> list[queries.TaskLine]:
    units = units_of(request.user)
    if asked["unit"] is not None:
        units = {asked["unit"].pk} if units is None else units & {asked["unit"].pk}
    campaign = shown_campaign()
    if campaign is None:
        return []
    return queries.task_lines(campaign, today=_today(), units=units, text=asked["q"], sort=asked["sort"] or "due")


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
        "draft": _("未交办"),
        "assigned": _("待签收"),
        "signed": _("办理中"),
        "done": _("已办结"),
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


def _today() -> date:
    now: datetime = system_clock()
    return now.astimezone(CHINA).date()


def _plain(cell: object) -> object:
    """Keep a spreadsheet from running a text as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t"} else cell
