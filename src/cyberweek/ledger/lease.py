"""Take the right to decide a family of streams. Each taking raises the epoch and fences whoever held it before."""

from __future__ import annotations

from cyberweek.ledger.connect import AnyStore
from cyberweek.ledger.journal import Lease


def take(store: AnyStore, name: str, holder: str, at: int) -> Lease:
    """Take the lease for a holder at a moment (ms); the answer's epoch is larger than any given before.

    It waits for the batch that is being stored: what an earlier holder wrote is there to be read, and no more will be.
    """
    store.begin()
    try:
        store.head()
        store.execute(
            "INSERT INTO ledger_lease (name, epoch, holder, taken_at) VALUES (?, 1, ?, ?) ON CONFLICT (name) DO UPDATE "
            "SET epoch = ledger_lease.epoch + 1, holder = excluded.holder, taken_at = excluded.taken_at",
            (name, holder, at),
        )
        epoch = store.epoch(name)
        store.commit()
    except BaseException:
        store.rollback()
        raise
    return Lease(name, epoch or 0)
