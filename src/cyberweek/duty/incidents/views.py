"""Incidents in the console: the list, registering on a phone, and one page from the first minute to the last letter."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cyberweek.component.ports import document_writers
from cyberweek.component.services import NothingShown
from cyberweek.duty.incidents import forms, letters, queries, services
from cyberweek.duty.incidents.rules import HANDLED, OPEN, SUMMARY, NotNow
from cyberweek.duty.models import Evidence
from cyberweek.duty.statement import Said
from cyberweek.duty.words import MEASURES, STAGE_NAMES
from cyberweek.kernel.clock import system_clock
from cyberweek.ledger import door
from cyberweek.people.models import Seat
from cyberweek.people.rights import right_required, seat_for
from cyberweek.plan.models import Campaign
from cyberweek.plan.queries import shown_campaign

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SAVED = "application/octet-stream"


@right_required("duty.see")
@require_safe
def incidents(request: HttpRequest) -> HttpResponse:
    campaign, now = shown_campaign(), system_clock()
    lines = queries.incident_lines(campaign, now) if campaign else []
    return render(request, "duty/incidents.html", {"campaign": campaign, "lines": lines, "now": now})


@right_required("duty.act")
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    campaign = _campaign()
    form = forms.Register(request.POST or None, campaign=campaign, now=system_clock())
    if not form.is_valid():
        return render(request, "duty/register.html", {"form": form}, status=422 if form.errors else 200)
    given = form.cleaned_data
    incident = services.register(
        campaign,
        services.Noticed(
            given["sort"], said(given["words"]), given["at"], given["activity"], form.measures(), given["critical"],
            given["drill"],
        ),
        hand=hand(request),
    )  # fmt: skip
    messages.success(request, _("已登记。下面是现在要做的。"))
    return redirect("duty:incident", incident.number)


@right_required("duty.see")
@require_safe
def incident(request: HttpRequest, number: int) -> HttpResponse:
    return _page(request, _line(number))


@right_required("duty.act")
@require_POST
def grade(request: HttpRequest, number: int) -> HttpResponse:
    line = _line(number)
    form = forms.Grade(request.POST, now=system_clock())
    if not form.is_valid():
        return _page(request, line, grade=form)
    given = form.cleaned_data

    def act() -> None:
        services.grade(
            line.incident, form.measures(), said(given["words"]), hand=hand(request), at_least=given["at_least"]
        )

    return _done(request, number, act, _("已重新定级，时限跟着变了。"))


@right_required("duty.act")
@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    line = _line(number)
    form = forms.Note(request.POST)
    if not form.is_valid():
        return _page(request, line, note=form)
    words = form.cleaned_data["words"]
    return _done(request, number, lambda: services.note(line.incident, said(words), hand=hand(request)), _("已记下。"))


@right_required("duty.act")
@require_POST
def keep(request: HttpRequest, number: int) -> HttpResponse:
    line = _line(number)
    form = forms.File(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, line, keep=form)
    file = form.cleaned_data["file"]
    if file.size > services.MOST_BYTES:
        form.add_error("file", _("这个文件超过 20 MB：请压缩或者分开再传。"))
        return _page(request, line, keep=form)
    return _done(
        request, number,
        lambda: services.keep_evidence(line.incident, file.name, file.read(), hand=hand(request)), _("已留存。"),
    )  # fmt: skip


@right_required("duty.see")
@require_safe
def evidence(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """A file exactly as it came in; never shown in the browser, for it may be what did the harm."""
    found = get_object_or_404(Evidence, pk=pk, incident=_line(number).incident)
    return _download(bytes(found.body), SAVED, f"evidence-{number}-{found.digest[:12]}.bin")


@right_required("duty.act")
@require_POST
def tell(request: HttpRequest, number: int) -> HttpResponse:
    line = _line(number)
    form = forms.Told(request.POST, now=system_clock())
    if not form.is_valid():
        return _page(request, line, tell=form)
    given = form.cleaned_data
    return _done(
        request, number,
        lambda: services.tell(
            line.incident, given["party"], given["told"], said(given["words"]), hand=hand(request)
        ), _("已记下。"),
    )  # fmt: skip


@right_required("duty.act")
@require_POST
def report(request: HttpRequest, number: int) -> HttpResponse:
    line = _line(number)
    form = forms.Sent(request.POST, now=system_clock())
    if not form.is_valid():
        return _page(request, line, report=form)
    given = form.cleaned_data
    return _done(
        request, number,
        lambda: services.report(line.incident, given["letter"], given["sent"], hand=hand(request)), _("已记下。"),
    )  # fmt: skip


@right_required("duty.see")
@require_safe
def letter(request: HttpRequest, number: int, kind: str) -> HttpResponse:
    if kind not in letters.KINDS:
        raise Http404
    line = _line(number)
    written = letters.letter(kind, line, queries.history(line), queries.measures_of(line.incident), system_clock())
    (write,) = document_writers
    return _download(write(written), DOCX, f"incident-{number}-{kind}.docx")


@right_required("duty.act")
@require_POST
def take_away(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    line = _line(number)
    activity = get_object_or_404(line.incident.campaign.activities, slug=slug)
    said_done = (
        _("演练：已记下撤下这一步，活动没有真撤下。") if line.incident.is_drill else _("已撤下，各处都不再开放。")
    )

    def act() -> None:
        services.take_away(line.incident, activity, hand=hand(request))

    return _done(request, number, act, said_done)


@right_required("duty.act")
@require_POST
def handle(request: HttpRequest, number: int) -> HttpResponse:
    line = _line(number)
    return _done(request, number, lambda: services.handle(line.incident, hand=hand(request)), _("已登记处置完毕。"))


@right_required("duty.act")
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    line = _line(number)
    return _done(request, number, lambda: services.close(line.incident, hand=hand(request)), _("事件已办结。"))


def said(words: str) -> Said:
    return Said(os.urandom(8).hex(), words.strip())


def hand(request: HttpRequest) -> services.Hand:
    seat = seat_for(request.user, Seat.Role.DUTY, Seat.Role.ORGANISER)
    return services.Hand(door.writer(), seat.pk, system_clock())


def _done(request: HttpRequest, number: int, act: Callable[[], None], done: str) -> HttpResponse:
    try:
        act()
    except NotNow as error:
        messages.error(request, _refused(error))
    except NothingShown:
        messages.error(request, _("这项活动现在没有公开，不用撤下。"))
    except services.Crowded:
        messages.error(request, _("好几个人同时在记，这一笔没有记上。请再按一次。"))
    else:
        messages.success(request, done)
    return redirect("duty:incident", number)


def _refused(error: NotNow) -> str:
    if error.reason == SUMMARY:
        return _("还不能办结：这一级事件要先报出总结报告。")
    if error.reason == OPEN:
        return _("还不能办结：请先登记处置完毕。")
    return _("没有记上：这起事件%(stage)s。") % {"stage": STAGE_NAMES[error.reason]}


def _page(request: HttpRequest, line: queries.IncidentLine, **given: Any) -> HttpResponse:
    """The incident with a form for each act that is possible now; a form that was given is shown with its errors."""
    now, may_act = system_clock(), request.user.has_perm("duty.act") and not line.is_closed
    incident = line.incident
    blank: dict[str, Callable[[], Any]] = {
        "note": forms.Note,
        "tell": lambda: forms.Told(now=now),
        "report": lambda: forms.Sent(now=now),
        "grade": lambda: forms.Grade(known=queries.measures_of(incident), now=now),
        "keep": forms.File,
    }
    known = queries.measures_of(incident)
    return render(
        request,
        "duty/incident.html",
        {
            "line": line,
            "stage": STAGE_NAMES[line.state.stage],
            "stage_done": line.state.stage == HANDLED,
            "acts": queries.history(line),
            "thresholds": queries.thresholds(line),
            "has_pack": queries.pack_of(line.state).incidents is not None,
            "known": [(label, value) for name, (label, _sorts) in MEASURES.items() if (value := getattr(known, name))],
            "activities": queries.shown_activities(incident.campaign, incident.activity_id) if may_act else [],
            "forms": {name: given.get(name) or make() for name, make in blank.items()} if may_act else {},
            "now": now,
        },
        status=422 if given else 200,
    )


def _campaign() -> Campaign:
    campaign = shown_campaign()
    if campaign is None:
        raise Http404
    return campaign


def _line(number: int) -> queries.IncidentLine:
    line = queries.find_line(_campaign(), number, system_clock())
    if line is None or not line.state.steps:
        raise Http404
    return line


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
