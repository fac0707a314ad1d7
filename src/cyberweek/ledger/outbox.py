"""Facts that belong to a change in the database: kept in its transaction, appended right after it, never forgotten.

A Django transaction cannot reach into the chain. So the fact waits in a row that commits together with what it is
about; `drain` appends it, and does so again after a crash, when the ledger itself refuses the second time.
"""

from __future__ import annotations

import msgspec
from django.db import transaction

from cyberweek.ledger.journal import Append, Duplicate, Entry, Writer, encode
from cyberweek.ledger.models import Outgoing

_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(Entry).decode


class OutsideTransaction(Exception):
    """Raised when a fact is kept without the change that it belongs to."""


def put(append: Append) -> None:
    """Keep facts until the running transaction has committed; whoever opened it calls `drain` then."""
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction
    Outgoing.objects.create(entry=_pack(encode(append)))


def drain(writer: Writer) -> int:
    """Append everything that waits; returns how many were new. Raises what the ledger raises, keeping what is left."""
    waiting = list(Outgoing.objects.order_by("pk"))
    results = writer.append_all([_append(each) for each in waiting]) if waiting else []
    done = [row.pk for row, result in zip(waiting, results, strict=True) if isinstance(result, (int, Duplicate))]
    Outgoing.objects.filter(pk__in=done).delete()
    for result in results:
        if not isinstance(result, (int, Duplicate)):
            raise result
    return sum(isinstance(result, int) for result in results)


def _append(row: Outgoing) -> Append:
    entry = _unpack(bytes(row.entry))
    return Append(
        entry.stream, entry.step, entry.at, entry.lines, entry.activity, entry.release, entry.actor, entry.origin
    )
