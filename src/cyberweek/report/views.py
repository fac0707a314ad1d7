"""The summary in the console: figures beside texts, head-counts, editions and their documents."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from cyberweek.component.ports import metrics
from cyberweek.kernel.clock import system_clock
from cyberweek.ledger import door
from cyberweek.people.models import Seat
from cyberweek.people.rights import right_required, seat_for
from cyberweek.plan.models import Campaign
from cyberweek.plan.queries import shown_campaign
from cyberweek.report import queries, services, wording
from cyberweek.report import summary as document
from cyberweek.report.changes import Change
from cyberweek.report.forms import HeadCountForm, PassageForm
from cyberweek.report.models import Edition, Passage

HEADING_NAMES = {
    "overview": gettext_lazy("总体情况"),
    "activities": gettext_lazy("活动开展情况"),
    "tasks": gettext_lazy("任务落实情况"),
    "experience": gettext_lazy("主要做法"),
    "problems": gettext_lazy("存在的不足"),
    "next": gettext_lazy("下一步打算"),
}
PLAN_NAMES = {
    "theme": gettext_lazy("主题"),
    "dates": gettext_lazy("起止日期"),
    "days": gettext_lazy("主题日"),
    "tasks": gettext_lazy("任务数"),
    "units": gettext_lazy("承担任务的单位数"),
}


@right_required("report.sign")
@require_safe
def summary(request: HttpRequest) -> HttpResponse:
    campaign = shown_campaign()
    if campaign is None:
        return render(request, "report/summary.html", {"campaign": None})
    return render(request, "report/summary.html", _context(campaign, HeadCountForm(campaign=campaign)))


@right_required("report.sign")
@require_POST
def passage(request: HttpRequest) -> HttpResponse:
    form = PassageForm(request.POST)
    if not form.is_valid() or form.cleaned_data["heading"] not in queries.HEADINGS:
        raise Http404
    given = form.cleaned_data
    try:
        services.save_passage(_campaign(), given["heading"], given["text"], revision=given["revision"])
    except services.Overtaken as error:
        context = _context(_campaign(), HeadCountForm(campaign=_campaign()))
        context["sections"] = [_both(each, given, error.text) for each in context["sections"]]
        return render(request, "report/summary.html", context, status=409)
    messages.success(request, _("文字已保存。"))
    return redirect("report:summary")


@right_required("report.sign")
@require_POST
def head_count(request: HttpRequest) -> HttpResponse:
    campaign = _campaign()
    form = HeadCountForm(request.POST, campaign=campaign)
    if not form.is_valid():
        return render(request, "report/summary.html", _context(campaign, form), status=422)
    given = form.cleaned_data
    services.import_head_count(
        given["activity"], unit=given["unit"].code, day=given["day"].isoformat(), people=given["people"],
        method=given["method"], evidence=given["evidence"], writer=door.writer(), seat=_seat(request), at=system_clock(),
    )  # fmt: skip
    messages.success(request, _("已记入台账；统计马上更新。"))
    return redirect("report:summary")


@right_required("report.sign")
@require_POST
def void(request: HttpRequest, n: int) -> HttpResponse:
    found = [each for each in queries.head_counts() if each.n == n and not each.is_voided]
    if not found:
        raise Http404
    services.void_head_count(found[0], writer=door.writer(), seat=_seat(request), at=system_clock())
    messages.success(request, _("这一条不再计入统计；台账里仍能看到它。"))
    return redirect("report:summary")


@right_required("report.sign")
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    made = services.make_edition(_campaign(), tuple(metrics), at=system_clock())
    messages.success(request, _("第 %(n)d 版已定稿，内容不会再变。") % {"n": made.number})
    return redirect("report:edition", made.number)


@right_required("report.sign")
@require_safe
def edition(request: HttpRequest, number: int) -> HttpResponse:
    found = _edition(number)
    body = queries.body_of(found)
    lines = document.outline(document.summary(body, found.number))
    shown = {"edition": found, "body": body, "lines": lines, "changes": _named(queries.changes_since(found))}
    return render(request, "report/edition.html", shown)


@right_required("report.sign")
@require_safe
def docx(request: HttpRequest, number: int) -> HttpResponse:
    found = _edition(number)
    data = document.docx_bytes(queries.body_of(found), found.number)
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    return _download(data, kind, f"summary-{found.number}.docx")


@right_required("report.sign")
@require_safe
def xlsx(request: HttpRequest, number: int) -> HttpResponse:
    found = _edition(number)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _download(document.xlsx_bytes(queries.body_of(found)), kind, f"figures-{found.number}.xlsx")


@right_required("report.sign")
@require_safe
def json(request: HttpRequest, number: int) -> HttpResponse:
    """The very bytes whose SHA-256 the edition's page shows."""
    return _download(bytes(_edition(number).body), "application/json", f"edition-{number}.json")


def _both(section: dict[str, Any], given: dict[str, Any], theirs: str) -> dict[str, Any]:
    """The section with the text that could not be saved in its field, and the newer one above it."""
    if section["heading"] != given["heading"]:
        return section
    return {**section, "text": given["text"], "theirs": theirs, "is_overtaken": True}


def _named(found: tuple[Change, ...]) -> list[tuple[str, Change]]:
    """Changes with what each is called on the page."""
    names = {**HEADING_NAMES, **PLAN_NAMES}
    return [(_(each.name) if each.kind == "figure" else str(names.get(each.name, _("活动"))), each) for each in found]


def _context(campaign: Campaign, form: HeadCountForm) -> dict[str, Any]:
    body = queries.body_now(campaign, tuple(metrics), system_clock())
    written = {each.heading: each for each in Passage.objects.filter(campaign=campaign)}
    said = {"overview": wording.overview(body) + wording.participation(body), "tasks": wording.tasks(body)}
    sections = [
        {
            "heading": heading,
            "name": HEADING_NAMES[heading],
            "said": said.get(heading, ""),
            "text": written[heading].text if heading in written else "",
            "revision": written[heading].revision if heading in written else 0,
        }
        for heading in queries.HEADINGS
    ]
    names = {each.id: each.name for each in body.activities}
    counts = [(each, names[each.activity]) for each in queries.head_counts() if each.activity in names]
    return {
        "campaign": campaign,
        "body": body,
        "sections": sections,
        "figures": [(each, body.value(each.name)) for each in body.definitions],
        "editions": queries.editions(campaign),
        "head_counts": counts,
        "form": form,
    }


def _campaign() -> Campaign:
    campaign = shown_campaign()
    if campaign is None:
        raise Http404
    return campaign


def _edition(number: int) -> Edition:
    return get_object_or_404(Edition, campaign=_campaign(), number=number)


def _seat(request: HttpRequest) -> int:
    return seat_for(request.user, Seat.Role.ORGANISER).pk


def _download(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
