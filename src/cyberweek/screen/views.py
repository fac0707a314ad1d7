"""What a hall looks up at: the week and its live figures. Complete without a script; then it refreshes itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cyberweek.component.ports import metrics
from cyberweek.ledger.queries import counts
from cyberweek.plan.queries import shown_campaign
from cyberweek.questions.models import Topic


@never_cache
@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    campaign, today = shown_campaign(), localdate()
    headline = [each for each in metrics if each.headline]
    found = counts()
    figures = [(each, sum(v for (m, _a, b), v in found.items() if m == each.name and b == "")) for each in headline]
    context = {
        "campaign": campaign,
        "theme": campaign.theme_days.filter(date=today).first() if campaign else None,
        "today": today,
        "figures": figures,
        "topics": _topics(found),
        "is_before": campaign is not None and today < campaign.starts,
        "is_over": campaign is not None and today > campaign.ends,
        "props": {"url": "/lane/live"},
    }
    return render(request, "screen/wall.html", context)


def _topics(found: dict[tuple[str, int, str], int]) -> list[tuple[str, int]]:
    """Right answers per hundred by topic, best first."""
    right, asked = _by_topic(found, "quiz.right-answers"), _by_topic(found, "quiz.answers")
    english = get_language() == "en"
    names = {each.code: each.name_en if english else each.name_zh for each in Topic.objects.all()}
    shares = [(names.get(code, code), right.get(code, 0) * 100 // total) for code, total in asked.items() if total]
    return sorted(shares, key=lambda each: (-each[1], each[0]))[:6]


def _by_topic(found: dict[tuple[str, int, str], int], metric: str) -> dict[str, int]:
    sums: dict[str, int] = {}
    for (name, _activity, bucket), value in found.items():
        if name == metric and bucket.startswith("topic:"):
            code = bucket.removeprefix("topic:")
            sums[code] = sums.get(code, 0) + value
    return sums
