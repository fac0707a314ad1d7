"""What one edition says otherwise than the one before it. Pure; the list that goes with a correction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, TypeVar

from cyberweek.report.edition import Body

K = TypeVar("K")


class Change(NamedTuple):
    """One thing that differs: a figure, a text or an activity. '' stands for what one of the two does not have."""

    kind: str
    name: str
    activity: str
    bucket: str
    before: str
    after: str


def changes(before: Body, after: Body) -> tuple[Change, ...]:
    """Every difference in plan, activities, figures and texts, in this order."""
    return (
        *(Change("plan", name, "", "", *pair) for name, pair in _differing(_plan(before), _plan(after))),
        *(Change("activity", "", name, "", *pair) for name, pair in _differing(_held(before), _held(after))),
        *_figures(before, after),
        *(
            Change("text", heading, "", "", *pair)
            for heading, pair in _differing(dict(before.texts), dict(after.texts))
        ),
    )


def _figures(before: Body, after: Body) -> list[Change]:
    names = {each.id: each.name for each in (*before.activities, *after.activities)}
    labels = {each.name: each.label for each in (*before.definitions, *after.definitions)}
    return [
        Change("figure", labels.get(metric, metric), names.get(activity, ""), bucket, *pair)
        for (metric, activity, bucket), pair in _differing(_counted(before), _counted(after))
    ]


def _plan(body: Body) -> dict[str, str]:
    return {
        "theme": body.theme,
        "dates": f"{body.starts} – {body.ends}",
        "days": "\n".join(f"{day} {name}" for day, name in body.theme_days),
        "tasks": str(body.tasks),
        "units": str(body.units),
    }


def _held(body: Body) -> dict[str, str]:
    return {
        each.name: " · ".join(filter(None, (each.starts, each.ends, each.place, *each.hosts, each.digest[:12])))
        for each in body.activities
    }


def _counted(body: Body) -> dict[tuple[str, int, str], str]:
    return {(each.metric, each.activity, each.bucket): str(each.value) for each in body.figures}


def _differing(before: Mapping[K, str], after: Mapping[K, str]) -> list[tuple[K, tuple[str, str]]]:
    keys = dict.fromkeys((*before, *after))
    pairs = ((key, (before.get(key, ""), after.get(key, ""))) for key in keys)
    return [(key, pair) for key, pair in pairs if pair[0] != pair[1]]
