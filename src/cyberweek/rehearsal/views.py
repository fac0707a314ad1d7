"""The page of what a rehearsal simulated, what was counted, and what was late, slow, refused or strange."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cyberweek.component.ports import metrics
from cyberweek.people.rights import right_required
from cyberweek.rehearsal import queries
from cyberweek.rehearsal.queries import Findings
from cyberweek.units.models import Unit

LOOK_AGAIN_S = "3"


@right_required("plan.read")
@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    """Looks again by itself while the rehearsal goes on."""
    found = queries.newest()
    response = render(request, "rehearsal/findings.html", _context(found) if found else {"found": None})
    if found is not None and found.at:
        response.headers["Refresh"] = LOOK_AGAIN_S
    return response


def _context(found: Findings) -> dict[str, Any]:
    labels = {each.name: each.label for each in metrics}
    units = {unit.code: unit.name for unit in Unit.objects.filter(code__in={unit for unit, *_rest in found.late})}
    asked = {"page": _("居民打开网页"), "begin": _("开始答卷"), "do": _("提交答案"), "console": _("工作台的网页")}
    who = {"resident": _("居民"), "script": _("作弊的脚本"), "office": _("组织人员")}
    why = {"never": _("没有签收"), "after-deadline": _("过了报送期限才办结")}
    return {
        "found": found,
        "at": datetime.fromisoformat(found.at) if found.at else None,
        "lines": [(labels.get(name, name), simulated, counted) for name, simulated, counted in found.lines],
        "differ": [name for name, simulated, counted in found.lines if simulated != counted],
        "figures": [(labels.get(name, name), value) for name, value in found.figures.items()],
        "speeds": [(asked.get(each.what, each.what), each) for each in found.speeds],
        "late": [(units.get(unit, unit), why[reason], path) for unit, reason, path in found.late],
        "refused": [(who.get(name) or _("联络员"), reason, times) for name, reason, times in _merged(found)],
    }


def _merged(found: Findings) -> list[tuple[str, str, int]]:
    """Refusals by kind of person and reason, the most frequent first."""
    sums: dict[tuple[str, str], int] = {}
    for who, reason, times in found.refused:
        key = who.partition(" ")[0], reason
        sums[key] = sums.get(key, 0) + times
    return sorted(((*key, times) for key, times in sums.items()), key=lambda each: (-each[2], each[0], each[1]))
