"""Read what a wall shows: the campaign's figures and how well each topic is answered. Never writes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from cyberweek.component.ports import metrics
from cyberweek.ledger.queries import counts
from cyberweek.plan.models import Campaign
from cyberweek.questions.models import Topic

FIGURES = ("quiz.participants", "quiz.answers", "quiz.papers")
MOST_TOPICS = 6
Counts = dict[tuple[str, int, str], int]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and the name by which the lane's live events speak of it."""

    live: str
    label: str
    unit: str
    value: int
    today: int


@dataclass(frozen=True, slots=True)
class Share:
    """How many of a hundred answers to a topic were right."""

    name: str
    percent: int


def wall(campaign: Campaign, today: date) -> tuple[list[Figure], list[Share]]:
    """The campaign's own figures and shares, in three queries."""
    kinds = dict(campaign.activities.values_list("pk", "kind"))
    found = counts()
    own = {key: value for key, value in found.items() if key[1] in kinds}
    known = {each.name: each for each in metrics}
    figures = [_figure(known[name], own, found, kinds, today) for name in FIGURES if name in known]
    return figures, _shares(own)


def _figure(metric: Any, own: Counts, found: Counts, kinds: dict[int, str], today: date) -> Figure:
    total = _sum(own, metric.name, "")
    live = metric.name if total == _sum(found, metric.name, "") else _name_of_one(metric.name, kinds)
    return Figure(live, _(metric.label), _(metric.unit), total, _sum(own, metric.name, today.isoformat()))


def _name_of_one(name: str, kinds: dict[int, str]) -> str:
    """Another campaign has been counted too: follow only this one's activity. Several of a kind cannot be followed."""
    ours = [pk for pk, kind in kinds.items() if kind == name.split(".", 1)[0]]
    return f"{name}/{ours[0]}" if len(ours) == 1 else ""


def _sum(found: Counts, metric: str, bucket: str) -> int:
    return sum(value for (name, _activity, at), value in found.items() if name == metric and at == bucket)


def _shares(own: Counts) -> list[Share]:
    """Topics, best answered first."""
    right, asked = _by_topic(own, "quiz.right-answers"), _by_topic(own, "quiz.answers")
    names = {each.code: each.name for each in Topic.objects.all()} if asked else {}
    shares = [Share(names.get(code, code), right.get(code, 0) * 100 // total) for code, total in asked.items() if total]
    return sorted(shares, key=lambda each: (-each.percent, each.name))[:MOST_TOPICS]


def _by_topic(own: Counts, metric: str) -> dict[str, int]:
    sums: dict[str, int] = {}
    for (name, _activity, bucket), value in own.items():
        if name == metric and bucket.startswith("topic:"):
            code = bucket.removeprefix("topic:")
            sums[code] = sums.get(code, 0) + value
    return sums
