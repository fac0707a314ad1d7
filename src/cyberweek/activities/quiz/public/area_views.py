"""How the districts did, for everybody: shrunken shares on tiles, the table behind them, no ranking."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from cyberweek.activities.quiz.areas import LEAST, Cell
from cyberweek.activities.quiz.public.views import shown_quiz
from cyberweek.activities.quiz.queries import area_name, district_cells
from cyberweek.kernel.clock import this_day
from cyberweek.units.models import Unit
from cyberweek.units.queries import tiles_on

KEPT_S = 10
BANDS = (0.4, 0.6, 0.8)  # where one shade ends and the next begins


@require_safe
def districts(request: HttpRequest, slug: str) -> HttpResponse:
    """The tile map of shrunken shares; a district with too few papers is named and shows none."""
    seen = shown_quiz(slug)
    cells = district_cells(seen.activity, seen.snapshot) if seen.snapshot else []
    by_code = {cell.area.code: cell for cell in cells}
    opening = localdate(seen.snapshot.window.opens) if seen.snapshot else this_day()
    placed = [unit for unit in tiles_on(opening) if unit.code in by_code]
    beside = set(by_code) - {unit.code for unit in placed}
    context = {
        "activity": seen.activity, "tiles": [_tile(unit, by_code[unit.code]) for unit in placed],
        "beside": [(area_name(cell.area), _label(cell)) for cell in cells if cell.area.code in beside],
        "least": LEAST, "bands": [round(each * 100) for each in BANDS], "shades": len(BANDS) + 1,
        "has_any": any(cell.papers for cell in cells),
    }  # fmt: skip
    response = render(request, "quiz/public/districts.html", context)
    patch_cache_control(response, public=True, max_age=KEPT_S)
    patch_vary_headers(response, ("Cookie",))
    return response


def _tile(unit: Unit, cell: Cell) -> dict[str, object]:
    return {
        "code": cell.area.code,
        "name": unit.short_name,
        "row": unit.row,
        "col": unit.column,
        "value": 0 if cell.shrunken is None else _shade(cell.shrunken),
        "label": _label(cell),
    }


def _label(cell: Cell) -> str:
    return f"<{LEAST}" if cell.shrunken is None else f"{round(cell.shrunken * 100)}%"


def _shade(share: float) -> int:
    """Four fixed shades, so that a difference of nothing does not look like one."""
    return 1 + sum(share >= each for each in BANDS)
