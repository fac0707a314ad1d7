"""Change a duel's draft, and publish it. The only writer of the duel's table."""

from __future__ import annotations

from datetime import datetime

from cyberweek.activities.duel.models import Duel
from cyberweek.activities.duel.queries import missing, snapshot_of
from cyberweek.component import services as component
from cyberweek.component.cloning import copied
from cyberweek.component.models import Release
from cyberweek.component.ports import Copying
from cyberweek.component.services import NotReady
from cyberweek.ledger.fact import Origin
from cyberweek.ledger.journal import Writer
from cyberweek.plan.models import Activity


class BadSetting(Exception):
    """Raised when a duel's settings contradict each other; the message says how."""


def save_settings(activity: Activity, *, opens: datetime, closes: datetime) -> Duel:
    """Create or change the draft."""
    if opens >= closes:
        raise BadSetting("opens must be before closes")
    duel, _is_new = Duel.objects.update_or_create(activity=activity, defaults={"opens": opens, "closes": closes})
    return duel


def publish(duel: Duel, *, writer: Writer, seat: int, at: datetime, origin: int = Origin.REAL) -> Release:
    """Make the draft what people see; raises NotReady with everything that is missing."""
    problems = missing(duel.activity)
    if problems:
        raise NotReady(problems)
    return component.publish(duel.activity, snapshot_of(duel), writer=writer, seat=seat, at=at, origin=origin)


def copy_drafts(copying: Copying) -> None:
    """Set duels of another year as they were set before."""
    for original, copy in copying.activities:
        for duel in Duel.objects.filter(activity=original):
            copied(duel, copying.by, activity=copy).save(force_insert=True)
