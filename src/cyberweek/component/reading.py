"""Read what people see of activities, for public pages. Never writes, never looks at a draft of an activity kind."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, NamedTuple

import msgspec

from cyberweek.component.models import Release, Visibility
from cyberweek.component.ports import metrics
from cyberweek.kernel.codec import decode
from cyberweek.kernel.windows import Window
from cyberweek.ledger.queries import seen_under
from cyberweek.plan.models import Activity


class Shown(NamedTuple):
    """An activity of the campaign with its current release; `snapshot` is None before publishing and after withdrawal."""

    activity: Activity
    release: int
    snapshot: Any
    is_withdrawn: bool


class _Windowed(msgspec.Struct, frozen=True):
    """What every snapshot has, whatever its shape."""

    window: Window


class TakenPart(NamedTuple):
    """The days on which a participant was counted in an activity."""

    activity: Activity
    days: tuple[date, ...]


class NotFound(Exception):
    """Raised when the running campaign has no such activity of this kind."""


def shown(campaign: int, slug: str, kind: type) -> Shown:
    """What people see of an activity, in one query; `kind` is the snapshot type. Raises NotFound."""
    found = Visibility.objects.select_related("activity", "release").filter(
        activity__campaign=campaign, activity__slug=slug
    )
    visibility = found.first()
    if visibility is None:
        raise NotFound(slug)
    release = None if visibility.withdrawn else visibility.release
    snapshot = decode(bytes(release.body), kind) if release else None
    return Shown(visibility.activity, visibility.release_id or 0, snapshot, visibility.withdrawn)


def shown_activities() -> list[int]:
    """Every activity that has ever been published."""
    return list(Visibility.objects.values_list("activity", flat=True))


def withdrawn_activities() -> set[int]:
    """Every activity that was taken away and has not been published again."""
    return set(Visibility.objects.filter(withdrawn=True).values_list("activity", flat=True))


def release_digest(release: int) -> str:
    """The SHA-256 under which a release was published; raises NotFound."""
    found = Release.objects.filter(pk=release).values_list("digest", flat=True).first()
    if found is None:
        raise NotFound(release)
    return found


def release_snapshot(release: int, kind: type) -> Any:
    """The snapshot of any release; raises NotFound."""
    found = Release.objects.filter(pk=release).first()
    if found is None:
        raise NotFound(release)
    return decode(bytes(found.body), kind)


def release_snapshots(activity_kind: str, kind: type) -> dict[int, Any]:
    """Every snapshot that activities of a kind were ever published with, by release, in one query."""
    rows = Release.objects.filter(kind=activity_kind).values_list("pk", "body")
    return {release: decode(bytes(body), kind) for release, body in rows}


def windows(activities: Collection[int]) -> dict[int, Window]:
    """From when till when each of these activities is open by what people see of it, in one query; others are left out."""
    seen = Visibility.objects.filter(activity__in=activities, withdrawn=False).exclude(release=None)
    rows = seen.values_list("activity_id", "release__body")
    return {activity: decode(bytes(body), _Windowed).window for activity, body in rows}


def taken_part(participant: int) -> list[TakenPart]:
    """In which activities a participant took part, and on which days, in two queries; the tallies are a moment behind."""
    daily = [each.name for each in metrics if each.distinct and each.daily]
    days: dict[int, set[date]] = {}
    for _metric, activity, bucket in seen_under(participant, daily):
        if (day := _day(bucket)) is not None:
            days.setdefault(activity, set()).add(day)
    found = Activity.objects.filter(pk__in=days).order_by("campaign__starts", "no")
    return [TakenPart(each, tuple(sorted(days[each.pk]))) for each in found]


def _day(bucket: str) -> date | None:
    """The day of a bucket, or None for the whole and for splits of another kind."""
    try:
        return date.fromisoformat(bucket)
    except ValueError:
        return None
