"""The ledger on SQLite: WAL with synchronous=FULL, so that a committed batch survives a power cut."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from cyberweek.ledger.fact import Row

COLUMNS = "n, stream, step, part, at, kind, version, activity, release, actor, origin, body, digest"
_ROW = "(?,?,?,?,?,?,?,?,?,?,?,?,?)"
_INSERTS = {  # one statement for many rows: the interpreter's lock changes hands once a statement, not once a row
    size: f"INSERT INTO ledger_fact ({COLUMNS}) VALUES {','.join([_ROW] * size)}"  # noqa: S608 -- fixed columns
    for size in (256, 64, 16, 4, 1)
}


class SqliteStore:
    """One connection to the ledger; use it from one thread at a time."""

    duplicate_error = sqlite3.IntegrityError
    placeholder = "?"

    def __init__(self, path: str) -> None:
        self._db = sqlite3.connect(path, timeout=20, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=4000", "cache_size=-65536"):
            self._db.execute(f"PRAGMA {pragma}")

    def begin(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")

    def head(self) -> tuple[int, bytes]:
        return self._db.execute("SELECT n, digest FROM ledger_head WHERE id = 1").fetchone()

    def epoch(self, lease: str) -> int | None:
        found = self._db.execute("SELECT epoch FROM ledger_lease WHERE name = ?", (lease,)).fetchone()
        return found and found[0]

    def insert(self, rows: Sequence[Row], head: tuple[int, bytes]) -> None:
        at = 0
        for size, statement in _INSERTS.items():
            while len(rows) - at >= size:
                self._db.execute(statement, [value for row in rows[at : at + size] for value in row])
                at += size
        self._db.execute("UPDATE ledger_head SET n = ?, digest = ? WHERE id = 1", head)

    def commit(self) -> None:
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        if self._db.in_transaction:
            self._db.execute("ROLLBACK")

    def execute(self, sql: str, values: Sequence[object] = ()) -> list[tuple]:
        return self._db.execute(sql, values).fetchall()

    def execute_many(self, sql: str, rows: Sequence[Sequence[object]]) -> int:
        """Run a statement for each row; returns how many rows changed."""
        return self._db.executemany(sql, rows).rowcount

    def read_stream(self, stream: int) -> list[Row]:
        sql = f"SELECT {COLUMNS} FROM ledger_fact WHERE stream = ? ORDER BY n"  # noqa: S608 -- fixed columns
        return [Row._make(each) for each in self._db.execute(sql, (stream,))]

    def read_after(self, n: int, limit: int = -1) -> Iterator[Row]:
        """Rows with a number above n in order; a negative limit means all."""
        sql = f"SELECT {COLUMNS} FROM ledger_fact WHERE n > ? ORDER BY n LIMIT ?"  # noqa: S608 -- fixed columns
        return map(Row._make, self._db.execute(sql, (n, limit)))

    def close(self) -> None:
        self._db.close()
