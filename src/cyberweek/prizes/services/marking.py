"""Mark participants who played as no person does, hear them, and decide. The only writer of marks and appeals.

Nobody is dropped in silence: a mark has a reason that the participant reads, an appeal that an officer reads, and while it
stands the chance stays in the published list with the reason beside it.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from cyberweek.ledger import outbox
from cyberweek.ledger.fact import Origin
from cyberweek.ledger.journal import Writer
from cyberweek.prizes.facts import MarkDecided, ParticipantMarked
from cyberweek.prizes.models import Appeal, Draw, Mark
from cyberweek.prizes.services import acts
from cyberweek.prizes.services.draws import Done


def mark(
    draw: Draw,
    odd: Collection[tuple[int, str, int]],
    *,
    writer: Writer,
    seat: int,
    at: datetime,
    origin: int = Origin.REAL,
) -> int:
    """Mark whoever is not marked yet; returns how many. What was decided before stays decided. Raises Done after the freeze."""
    with transaction.atomic():
        draw = _open(draw)
        known = set(Mark.objects.filter(draw=draw).values_list("participant", flat=True))
        new = [each for each in odd if each[0] not in known]
        Mark.objects.bulk_create(
            Mark(draw=draw, participant=participant, reason=reason, papers=papers, marked_at=at)
            for participant, reason, papers in new
        )
        if new:
            facts = [ParticipantMarked(participant, str(reason), papers) for participant, reason, papers in new]
            acts.of_draw(draw, facts, seat=seat, at=at, origin=origin)
    outbox.drain(writer)
    return len(new)


def appeal(mark: Mark, text: str, *, at: datetime) -> bool:
    """Keep what a marked participant says, in the place of what they said before; False when it is too late."""
    with transaction.atomic():
        draw = Draw.objects.select_for_update(of=("self",)).get(pk=mark.draw_id)
        if draw.listed_id is not None or Mark.objects.get(pk=mark.pk).decision:
            return False
        Appeal.objects.update_or_create(mark=mark, defaults={"text": text, "written_at": at})
    return True


def decide(
    draw: Draw, pk: int, *, stands: bool, writer: Writer, seat: int, at: datetime, origin: int = Origin.REAL
) -> None:
    """Let a mark stand or lift it. Raises Done when it was decided, or the list is frozen; Mark.DoesNotExist."""
    with transaction.atomic():
        draw = _open(draw)
        found = Mark.objects.select_for_update().get(pk=pk, draw=draw)
        if found.decision:
            raise Done("the mark was decided already")
        found.decision = Mark.Decision.STANDS if stands else Mark.Decision.LIFTED
        found.decided_at = at
        found.save()
        acts.of_draw(draw, [MarkDecided(found.participant, stands)], seat=seat, at=at, origin=origin)
    outbox.drain(writer)


def undecided(draw: Draw) -> int:
    """How many appeals wait for a decision: the list is not closed over them."""
    return Mark.objects.filter(draw=draw, decision=Mark.Decision.OPEN, appeal__isnull=False).count()


def excluded(draw: Draw) -> dict[int, str]:
    """The reason by participant, for every mark that was not lifted."""
    found = Mark.objects.filter(draw=draw).exclude(decision=Mark.Decision.LIFTED)
    return dict(found.values_list("participant", "reason"))


def _open(draw: Draw) -> Draw:
    locked = Draw.objects.select_for_update(of=("self",)).get(pk=draw.pk)
    if locked.listed_id is not None:
        raise Done("the list is closed already")
    return locked
