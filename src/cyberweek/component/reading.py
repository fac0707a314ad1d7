"""Read what people see of activities, for public pages. Never writes, never looks at a draft of an activity kind."""

from __future__ import annotations

from typing import Any, NamedTuple

from cyberweek.component.models import Release, Visibility
from cyberweek.kernel.codec import decode
from cyberweek.plan.models import Activity


class Shown(NamedTuple):
    """An activity of the campaign with its current release; `snapshot` is None before publishing and after withdrawal."""

    activity: Activity
    release: int
    snapshot: Any
    is_withdrawn: bool


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
