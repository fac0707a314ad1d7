"""Open a store from the same address that Django uses."""

from __future__ import annotations

from cyberweek.ledger.postgres import PostgresStore
from cyberweek.ledger.sqlite import SqliteStore

AnyStore = SqliteStore | PostgresStore


def open_store(url: str) -> AnyStore:
    """Connect to `postgresql://…` or to the SQLite file that the path (or `sqlite:///path`) names."""
    if url.startswith(("postgresql:", "postgres:")):
        return PostgresStore(url)
    return SqliteStore(url.removeprefix("sqlite:///"))
