"""Publish and withdraw. The only place that writes releases and their visibility."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from cyberweek.component import ports
from cyberweek.component.facts import ReleasePublished, ReleaseWithdrawn
from cyberweek.component.models import Release, Visibility
from cyberweek.component.ports import Missing
from cyberweek.component.snapshot import Snapshot
from cyberweek.kernel.clock import to_ms
from cyberweek.kernel.codec import canonical, digest
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.ledger import outbox
from cyberweek.ledger.fact import Fact, Origin
from cyberweek.ledger.journal import Append, Writer
from cyberweek.plan.models import Activity

_ids = StreamIds(Node.RELEASES)


class NotReady(Exception):
    """Raised by publish when something is missing; `missing` says what and where to mend it."""

    def __init__(self, missing: Sequence[Missing]) -> None:
        super().__init__("; ".join(each.message for each in missing))
        self.missing = list(missing)


class NothingShown(Exception):
    """Raised by withdraw when people see nothing of the activity."""


def publish(
    activity: Activity, snapshot: Snapshot, *, writer: Writer, seat: int, at: datetime, origin: int = Origin.REAL
) -> Release:
    """Make the snapshot what people see. Raises NotReady when a gate names something missing.

    Publishing what is already shown changes nothing and returns the release that is shown.
    """
    missing = [each for gate in ports.opening_gates for each in gate(activity)]
    if missing:
        raise NotReady(missing)
    body = canonical(snapshot)
    with transaction.atomic():
        shown = _visibility(activity, at)
        if shown.release is not None and not shown.withdrawn and shown.release.digest == digest(body):
            return shown.release
        release = Release.objects.create(
            activity=activity,
            kind=activity.kind,
            number=activity.releases.count() + 1,
            digest=digest(body),
            body=body,
            published_at=at,
        )
        shown.release, shown.withdrawn, shown.steps = release, False, shown.steps + 1
        shown.save()
        _record(shown, ReleasePublished(release.number, release.digest), seat, at, origin)
        for opening in ports.openings:
            opening(activity, seat, at, origin)
    outbox.drain(writer)
    return release


def withdraw(activity: Activity, reason: str, *, writer: Writer, seat: int, at: datetime) -> None:
    """Take the activity away everywhere. Raises NothingShown when it is not shown."""
    with transaction.atomic():
        shown = _visibility(activity, at)
        if shown.release is None or shown.withdrawn:
            raise NothingShown(activity.slug)
        shown.withdrawn, shown.steps = True, shown.steps + 1
        shown.save()
        _record(shown, ReleaseWithdrawn(shown.release.number, reason), seat, at, Origin.REAL)
    outbox.drain(writer)


def _visibility(activity: Activity, at: datetime) -> Visibility:
    shown = Visibility.objects.select_for_update().filter(activity=activity).first()
    return shown or Visibility(activity=activity, stream=_ids.mint(to_ms(at)))


def _record(shown: Visibility, fact: Fact, seat: int, at: datetime, origin: int) -> None:
    outbox.put(
        Append(
            stream=shown.stream,
            step=shown.steps,
            at=to_ms(at),
            facts=[fact],
            activity=shown.activity_id,
            release=shown.release_id or 0,
            actor=-seat,
            origin=origin,
        )
    )
