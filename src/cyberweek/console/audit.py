"""The audit page and its exports: every official act in words, with the head of the chain it stands in."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable

import xlsxwriter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cyberweek.console import trail
from cyberweek.console.forms import AuditFilter
from cyberweek.kernel.clock import CHINA, system_clock, this_day
from cyberweek.kernel.regulations import pack_on
from cyberweek.ledger.queries import head
from cyberweek.ledger.verify import Head
from cyberweek.people.queries import all_seats, seat_name
from cyberweek.people.rights import right_required

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@right_required("audit.read")
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """A page of official acts; what cannot be understood of a filter is said and left out."""
    form = _filter(request)
    before = request.GET.get("before", "")
    found = trail.acts(_asked(form), int(before) if before.isdigit() else None)
    query = request.GET.copy()
    query.pop("before", None)
    chain = head()
    context = {
        "acts": found,
        "more": found[-1].n if len(found) == trail.PAGE else None,
        "head_n": chain.n,
        "head_digest": chain.digest.hex(),
        "form": form,
        "query": query.urlencode(),
        "kept": pack_on(this_day()).figure("record-retention-logs"),
    }
    return render(request, "console/audit.html", context)


@right_required("audit.export")
@require_safe
def export(request: HttpRequest, kind: str) -> HttpResponse:
    """What the page shows, whole, as a table that names the chain's head, so that it can be held against the ledger."""
    if kind not in _WRITERS:
        raise Http404
    chain = head()
    rows = _rows(chain, trail.every_act(_asked(_filter(request)), chain.n + 1))
    write, content_type = _WRITERS[kind]
    disposition = f'attachment; filename="audit.{kind}"'
    return HttpResponse(write(rows), content_type=content_type, headers={"Content-Disposition": disposition})


def _filter(request: HttpRequest) -> AuditFilter:
    return AuditFilter(request.GET, seats=[(each.pk, seat_name(each)) for each in all_seats()])


def _asked(form: AuditFilter) -> trail.Asked:
    form.is_valid()
    given = form.cleaned_data
    seat = given.get("seat")
    return trail.Asked(given.get("q", ""), int(seat) if seat else None, given.get("since"), given.get("until"))


def _rows(chain: Head, acts: Iterable[trail.Act]) -> list[list[str]]:
    made = system_clock().astimezone(CHINA).isoformat(timespec="seconds")
    return [
        [_("台账条数"), str(chain.n), _("链头"), chain.digest.hex(), _("导出时间"), made],
        [_("条"), _("时间"), _("岗位"), _("事项"), _("记录"), _("内容"), _("来源"), "SHA-256"],
        *(_row(each) for each in acts),
    ]


def _row(act: trail.Act) -> list[str]:
    at = act.at.astimezone(CHINA).isoformat(timespec="seconds")
    origin = _("模拟") if act.origin == 1 else ""
    return [str(act.n), at, act.seat, act.words, act.kind, act.body, origin, act.digest]


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([[_plain(cell) for cell in row] for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet()
    sheet.freeze_panes(2, 0)
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
    book.close()
    return out.getvalue()


def _plain(cell: str) -> str:
    """A text that no table program takes for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


_WRITERS: dict[str, tuple[Callable[[list[list[str]]], bytes], str]] = {
    "csv": (_csv, "text/csv; charset=utf-8"),
    "xlsx": (_xlsx, XLSX),
}
