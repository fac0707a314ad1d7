"""Write letters and read them. With postman.py the only writer of letters and deliveries."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cyberweek.messages.models import Delivery, Letter
from cyberweek.people.models import Holding

MAIL = "mail"
TEXT = "text"


@dataclass(frozen=True, slots=True)
class Note:
    """A letter to be written to whoever holds a seat. `by`: how it also leaves the house, besides the inbox."""

    reason: str
    seat: int
    subject: str
    text: str = ""
    url: str = ""
    by: frozenset[str] = frozenset({MAIL})


@transaction.atomic
def write(notes: Sequence[Note], *, at: datetime) -> int:
    """Write those letters whose reason made none yet, with their deliveries; returns how many are new."""
    by_reason = {note.reason: note for note in notes}
    known = set(Letter.objects.filter(reason__in=by_reason).values_list("reason", flat=True))
    new = [note for reason, note in by_reason.items() if reason not in known]
    if not new:
        return 0
    rows = [Letter(reason=n.reason, seat_id=n.seat, subject=n.subject, text=n.text, url=n.url, made_at=at) for n in new]
    Letter.objects.bulk_create(rows, ignore_conflicts=True)  # another process may have been faster
    letters = dict(Letter.objects.filter(reason__in=[note.reason for note in new]).values_list("reason", "pk"))
    holders = _holders({note.seat for note in new})
    deliveries = [
        Delivery(letter_id=letters[note.reason], staff_id=staff, channel=channel)
        for note in new
        for staff, channels in holders.get(note.seat, {}).items()
        for channel in sorted(note.by & channels)
    ]
    Delivery.objects.bulk_create(deliveries, ignore_conflicts=True)
    return len(new)


def mark_read(seats: Collection[int], *, at: datetime, letter: int | None = None) -> int:
    """Mark a letter of the seats as read, or all of them; returns how many were not."""
    unread = Letter.objects.filter(seat__in=seats, read_at=None)
    return (unread if letter is None else unread.filter(pk=letter)).update(read_at=at)


def send_again(delivery: int) -> bool:
    """Let a delivery that failed, or of which nobody is sure, be tried again; False when it is neither."""
    stuck = Delivery.objects.filter(pk=delivery, standing__in=(Delivery.Standing.UNSURE, Delivery.Standing.FAILED))
    return bool(stuck.update(standing=Delivery.Standing.WAITING, note=""))


def _holders(seats: Collection[int]) -> dict[int, dict[int, set[str]]]:
    """By seat, who holds it now and by which channels each can be reached."""
    found: dict[int, dict[int, set[str]]] = {}
    rows = Holding.objects.filter(seat__in=seats, until=None, staff__is_active=True)
    for seat, staff, email, phone in rows.values_list("seat_id", "staff_id", "staff__email", "staff__phone"):
        channels = {MAIL} if email else set()
        found.setdefault(seat, {})[staff] = channels | ({TEXT} if phone else set())
    return found
