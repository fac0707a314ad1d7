"""The tasks of the campaign in every form in which an office looks at them: table, board, calendar, unit, text, sheet."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cyberweek.people.rights import right_required, seats_of, units_of
from cyberweek.plan.models import Campaign
from cyberweek.plan.queries import shown_campaign
from cyberweek.supervision import filters, notice, plain, queries, sheets
from cyberweek.supervision.bulk import acts_for, last_done
from cyberweek.supervision.rules import ASSIGNED, DONE, REPORTED, SIGNED, UNASSIGNED
from cyberweek.supervision.task_page import find_line, today

PER_PAGE = 100
COLUMNS = (UNASSIGNED, ASSIGNED, SIGNED, REPORTED, DONE)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_GET
@right_required("task.enter")
def tasks(request: HttpRequest) -> HttpResponse:
    campaign = shown_campaign()
    if campaign is None:
        return render(request, "supervision/tasks.html", {"campaign": None})
    found, context = _frame(request, campaign)
    shown = queries.in_state(found, context["asked"].state)
    page = Paginator(shown, PER_PAGE).get_page(request.GET.get("page"))
    context |= {
        "lines": page,
        "counts": queries.state_counts(found),
        "acts": acts_for(request.user),
        "undo": last_done(request),
        "saved": queries.saved_views([seat.pk for seat in seats_of(request.user)]),
        "text": plain.listed(shown),
        "labels": _copy_labels(),
        "keys": {"rows": "[data-row]"},
    }
    return render(request, "supervision/tasks.html", context)


@require_GET
@right_required("task.enter")
def board(request: HttpRequest) -> HttpResponse:
    """A column for each stage, the urgent on top."""
    found, context = _frame(request, _campaign())
    by_stage: dict[str, list[queries.TaskLine]] = defaultdict(list)
    for line in queries.in_state(found, context["asked"].state):
        by_stage[line.state.stage].append(line)
    context["columns"] = [(stage, by_stage[stage]) for stage in COLUMNS if by_stage[stage] or stage != UNASSIGNED]
    return render(request, "supervision/board.html", context)


@require_GET
@right_required("task.enter")
def calendar(request: HttpRequest) -> HttpResponse:
    """A month with what is due on each of its days, and what has no day."""
    found, context = _frame(request, _campaign())
    month = _month(request.GET.get("month", "")) or today().replace(day=1)
    by_day: dict[date | None, list[queries.TaskLine]] = defaultdict(list)
    for line in queries.in_state(found, context["asked"].state):
        by_day[line.state.due].append(line)
    context |= {
        "weeks": [
            [(day, by_day.get(day, [])) for day in week]
            for week in Calendar().monthdatescalendar(month.year, month.month)
        ],
        "month": month,
        "earlier": _shifted(month, -1),
        "later": _shifted(month, 1),
        "weekdays": [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")],
        "without": by_day.get(None, []),
        "today": today(),
    }
    return render(request, "supervision/calendar.html", context)


@require_GET
@right_required("task.enter")
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that one unit has to do, with its counts, to be looked at together or printed."""
    campaign = _campaign()
    found = next(
        (each for each in queries.units_with_tasks(campaign, units_of(request.user)) if each.code == code), None
    )
    if found is None:
        raise Http404
    own = queries.task_lines(campaign, today=today(), units={found.pk})
    context = {
        "unit": found, "lines": own, "counts": queries.state_counts(own), "text": plain.listed(own),
        "labels": _copy_labels(), "today": today(),
    }  # fmt: skip
    return render(request, "supervision/unit.html", context)


@require_GET
@right_required("task.enter")
def one_pager(request: HttpRequest, pair: int) -> HttpResponse:
    """A task on one sheet of paper."""
    line = find_line(request, pair)
    said = queries.statement(line.pair, line.state.digest) if line.state.digest else None
    context = {
        "line": line, "history": queries.history(line), "report": said, "counted": queries.counted(line.pair),
        "others": queries.other_units(line, today=today()), "today": today(),
    }  # fmt: skip
    return render(request, "supervision/one_pager.html", context)


@require_GET
@right_required("task.enter")
def text(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, as plain text."""
    return HttpResponse(plain.listed(_filtered(request)), content_type="text/plain; charset=utf-8")


@require_GET
@right_required("task.enter")
def export(request: HttpRequest) -> HttpResponse:
    """The list as it is filtered, as a spreadsheet that can be read in again."""
    return _download(sheets.write(_filtered(request)), XLSX, "tasks.xlsx")


@require_GET
@right_required("task.decide")
def notice_draft(request: HttpRequest) -> HttpResponse:
    """A draft of the official notice on how the units do, for the office to finish and sign."""
    campaign = _campaign()
    found = queries.task_lines(campaign, today=today())
    return _download(notice.write(campaign, found, today()), DOCX, "notice.docx")


def _frame(request: HttpRequest, campaign: Campaign) -> tuple[list[queries.TaskLine], dict[str, Any]]:
    """What every form of the list shows around it."""
    wanted = filters.asked(request)
    found = filters.lines(request, campaign, wanted)
    return found, {
        "campaign": campaign,
        "asked": wanted,
        "tabs": filters.tabs(request, found, wanted),
        "units": queries.units_with_tasks(campaign, units_of(request.user)),
        "query": filters.query(request),
        "may_decide": request.user.has_perm("task.decide"),
    }


def _copy_labels() -> dict[str, str]:
    return {
        "copy": _("复制"),
        "done": _("已复制，到工作群里粘贴即可。"),
        "failed": _("浏览器不让复制：文字已选中，请按 Ctrl+C。"),
    }


def _filtered(request: HttpRequest) -> list[queries.TaskLine]:
    campaign, wanted = shown_campaign(), filters.asked(request)
    return queries.in_state(filters.lines(request, campaign, wanted), wanted.state) if campaign else []


def _campaign() -> Campaign:
    campaign = shown_campaign()
    if campaign is None:
        raise Http404
    return campaign


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _shifted(month: date, by: int) -> date:
    years, months = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(years, months + 1, 1)


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
