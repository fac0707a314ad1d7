"""The ledger on PostgreSQL: the row of the head is the chain's lock, so numbers are taken in commit order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import psycopg

from cyberweek.ledger.fact import Row
from cyberweek.ledger.sqlite import COLUMNS

_INSERT = f"""INSERT INTO ledger_fact ({COLUMNS}) SELECT * FROM unnest(
    %s::bigint[], %s::bigint[], %s::int[], %s::int[], %s::bigint[], %s::text[], %s::int[],
    %s::bigint[], %s::bigint[], %s::bigint[], %s::int[], %s::bytea[], %s::bytea[])"""  # noqa: S608 -- fixed columns


class PostgresStore:
    """One connection to the ledger; use it from one thread at a time."""

    duplicate_error = psycopg.errors.UniqueViolation
    placeholder = "%s"

    def __init__(self, url: str) -> None:
        self._db = psycopg.connect(url, autocommit=True)

    def begin(self) -> None:
        self._db.execute("BEGIN")

    def head(self) -> tuple[int, bytes]:
        ((n, digest),) = self._db.execute("SELECT n, digest FROM ledger_head WHERE id = 1 FOR UPDATE").fetchall()
        return n, bytes(digest)

    def epoch(self, lease: str) -> int | None:
        found = self._db.execute("SELECT epoch FROM ledger_lease WHERE name = %s", (lease,)).fetchone()
        return found[0] if found else None

    def insert(self, rows: Sequence[Row], head: tuple[int, bytes]) -> None:
        self._db.execute(_INSERT, [list(column) for column in zip(*rows, strict=True)])
        self._db.execute("UPDATE ledger_head SET n = %s, digest = %s WHERE id = 1", head)

    def commit(self) -> None:
        self._db.execute("COMMIT")

    def rollback(self) -> None:
        if self._db.info.transaction_status != psycopg.pq.TransactionStatus.IDLE:
            self._db.execute("ROLLBACK")

    def execute(self, sql: str, values: Sequence[object] = ()) -> list[tuple]:
        cursor = self._db.execute(sql.replace("?", "%s"), values)
        return cursor.fetchall() if cursor.description else []

    def execute_many(self, sql: str, rows: Sequence[Sequence[object]]) -> int:
        """Run a statement for each row; returns how many rows changed."""
        with self._db.cursor() as cursor:
            cursor.executemany(sql.replace("?", "%s"), rows)
            return cursor.rowcount

    def read_stream(self, stream: int) -> list[Row]:
        sql = f"SELECT {COLUMNS} FROM ledger_fact WHERE stream = %s ORDER BY n"  # noqa: S608 -- fixed columns
        return [Row._make(each) for each in self._db.execute(sql, (stream,))]

    def read_after(self, n: int, limit: int = -1) -> Iterator[Row]:
        """Rows with a number above n in order; a negative limit means all."""
        sql = f"SELECT {COLUMNS} FROM ledger_fact WHERE n > %s AND n <= %s ORDER BY n"  # noqa: S608 -- fixed columns
        start, step = n, 20_000 if limit < 0 else limit
        while True:
            rows = self._db.execute(sql, (start, start + step)).fetchall()
            yield from map(Row._make, rows)
            if limit >= 0 or not rows:
                return
            start += step

    def close(self) -> None:
        self._db.close()
