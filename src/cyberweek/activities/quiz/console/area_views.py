"""Districts and units in the console: papers and shares, by name, never by volume."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cyberweek.activities.quiz.areas import LEAST, Cell
from cyberweek.activities.quiz.console.views import activity_of
from cyberweek.activities.quiz.queries import area_name, district_cells, unit_cells
from cyberweek.activities.quiz.snapshot import QuizSnapshot
from cyberweek.component.reading import NotFound, shown
from cyberweek.people.rights import right_required


@right_required("activity.edit")
@require_safe
def areas(request: HttpRequest, slug: str) -> HttpResponse:
    activity = activity_of(slug)
    try:
        snapshot = shown(activity.campaign_id, slug, QuizSnapshot).snapshot
    except NotFound:
        snapshot = None
    context = {
        "activity": activity, "least": LEAST,
        "districts": _lines(district_cells(activity, snapshot)) if snapshot else [],
        "units": _lines(unit_cells(activity, snapshot)) if snapshot else [],
    }  # fmt: skip
    return render(request, "quiz/console/areas.html", context)


def _lines(cells: list[Cell]) -> list[dict[str, object]]:
    return [
        {"name": area_name(cell.area), "code": cell.area.code, "papers": cell.papers,
         "share": _percent(cell.share), "shrunken": _percent(cell.shrunken)}
        for cell in cells
    ]  # fmt: skip


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share * 100:.1f}%"
