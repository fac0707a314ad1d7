"""What people see of an activity, without asking what its kind needs."""

from __future__ import annotations

from datetime import datetime

from cyberweek.component.models import Release, Visibility
from cyberweek.plan.models import Activity


def released(of: Activity, *, at: datetime) -> Visibility:
    """A release that everybody sees, whatever is in it."""
    release = Release.objects.create(
        activity=of, kind=of.kind, number=1, digest="d" * 64, body=b"{}", published_at=at
    )  # fmt: skip
    return Visibility.objects.create(activity=of, release=release, stream=of.pk, steps=1)
