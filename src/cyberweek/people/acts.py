"""Record official acts of whoever administers staff: together with the change, under the seat that acted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cyberweek.kernel.clock import to_ms
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.ledger import outbox
from cyberweek.ledger.fact import Fact
from cyberweek.ledger.journal import Append, Writer
from cyberweek.people.models import Seat, Staff

_ids = StreamIds(Node.PEOPLE)


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts, under which of their seats, and who writes it down."""

    staff: Staff
    seat: Seat
    writer: Writer


@contextmanager
def recorded(by: Acting | None) -> Iterator[None]:
    """Run a change as one transaction; its acts are appended once the outermost one has committed."""
    with transaction.atomic():
        yield
    if by is not None and not transaction.get_connection().in_atomic_block:
        outbox.drain(by.writer)


def put(fact: Fact, by: Acting | None, at: datetime) -> None:
    """Keep a fact of the running change; what the installation does by itself, without a seat, is none."""
    if by is not None:
        outbox.put(Append(_ids.mint(to_ms(at)), 1, to_ms(at), [fact], actor=-by.seat.pk))
