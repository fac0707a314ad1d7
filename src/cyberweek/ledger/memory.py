"""A store that keeps rows in a list: for pure tests and for trying rules, never for people's answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cyberweek.ledger.fact import GENESIS, Row
from cyberweek.ledger.journal import Duplicate


class MemoryStore:
    duplicate_error = Duplicate

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.epochs: dict[str, int] = {}

    def begin(self) -> None:
        """Nothing to lock: one thread uses a memory store."""

    def head(self) -> tuple[int, bytes]:
        return (self.rows[-1].n, self.rows[-1].digest) if self.rows else (0, GENESIS)

    def epoch(self, lease: str) -> int | None:
        return self.epochs.get(lease)

    def insert(self, rows: Sequence[Row], head: tuple[int, bytes]) -> None:
        known = {(row.stream, row.step, row.part) for row in self.rows}
        if any((row.stream, row.step, row.part) in known for row in rows):
            raise Duplicate
        self.rows.extend(rows)

    def commit(self) -> None:
        """Rows are kept as soon as they are inserted."""

    def rollback(self) -> None:
        """A refused insert changed nothing."""

    def read_stream(self, stream: int) -> list[Row]:
        return [row for row in self.rows if row.stream == stream]

    def read_after(self, n: int, limit: int = -1) -> Iterator[Row]:
        rows = [row for row in self.rows if row.n > n]
        return iter(rows if limit < 0 else rows[:limit])

    def close(self) -> None:
        """Nothing is open."""
