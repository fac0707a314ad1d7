"""The one writer. Every fact, from the lane or from Django, is appended here and acknowledged after COMMIT.

A batch is whatever waited while the one before it was being made durable. Inside the batch's transaction the
writer holds the chain's lock, checks each append's lease, and numbers the rows: number order is commit order.
"""

from __future__ import annotations

import contextlib
import queue
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol

import msgspec

from cyberweek.ledger.fact import Fact, Origin, Row, link

BATCH = 512
PATIENCE_S = 20
_STOP = None
_encode = msgspec.json.Encoder().encode


class Lease(NamedTuple):
    """The right to decide a family of streams; a newer epoch fences every older holder."""

    name: str
    epoch: int


class Line(NamedTuple):
    """A fact as it will stand in the ledger."""

    kind: str
    version: int
    body: bytes


class Append(NamedTuple):
    """Facts that one command produced, written down already or not, to be stored together or not at all."""

    stream: int
    step: int
    at: int
    facts: Sequence[Fact | Line]
    activity: int = 0
    release: int = 0
    actor: int = 0
    origin: int = Origin.REAL
    lease: Lease | None = None


class Entry(NamedTuple):
    """An append with its facts written down."""

    stream: int
    step: int
    at: int
    lines: Sequence[Line]
    activity: int
    release: int
    actor: int
    origin: int
    lease: Lease | None


class Fenced(Exception):
    """Raised when a newer holder has taken the lease: whoever sees it must stop deciding."""


class Duplicate(Exception):
    """Raised when (stream, step) is already in the ledger: read it and give the first answer again."""


class Closed(Exception):
    """Raised when something is appended to a writer that has stopped."""


class Store(Protocol):
    """What a database must do for the writer. Used by one thread; see sqlite.py and postgres.py."""

    @property
    def duplicate_error(self) -> type[Exception]: ...

    def begin(self) -> None:
        """Open a transaction that holds the chain's lock."""

    def head(self) -> tuple[int, bytes]: ...
    def epoch(self, lease: str) -> int | None: ...
    def insert(self, rows: Sequence[Row], head: tuple[int, bytes]) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def close(self) -> None: ...


Settle = Callable[[list[tuple[Any, int | Exception]]], None]
Waiting = Sequence[tuple[Append, Any]]  # each append with the token by which its sender knows it
Sent = tuple[Entry, Any, Settle]


class Writer(ABC):
    """The door's one writer; ThreadWriter here and Scribe, whose work is done by a process of its own, are the two."""

    @abstractmethod
    def submit(self, waiting: Waiting, settle: Settle) -> None:
        """Queue appends; `settle` gets (token, last row number or exception) of each, on a thread of the writer's.

        Hand over what came in together: waking the writer for every single append costs more than storing it.
        """

    @abstractmethod
    def close(self) -> None:
        """Write what is queued, then stop."""

    def append(self, append: Append, timeout: float = PATIENCE_S) -> int:
        """Append and wait until it is durable; returns the last row's number."""
        (result,) = self.append_all([append], timeout)
        if isinstance(result, Exception):
            raise result
        return result

    def append_all(self, appends: Sequence[Append], timeout: float = PATIENCE_S) -> list[int | Exception]:
        """Append many and wait until the last is settled; returns each one's last row number or what kept it out."""
        told: queue.SimpleQueue[list[tuple[int, int | Exception]]] = queue.SimpleQueue()
        self.submit([(append, place) for place, append in enumerate(appends)], told.put)
        results: dict[int, int | Exception] = {}
        while len(results) < len(appends):
            results.update(told.get(timeout=timeout))
        return [results[place] for place in range(len(appends))]


class ThreadWriter(Writer):
    """Appends batches on a thread of this process."""

    def __init__(self, connect: Callable[[], Store]) -> None:
        self._connect = connect
        self._queue: queue.SimpleQueue[tuple[Waiting, Settle] | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="ledger-writer", daemon=True)
        self._thread.start()

    def submit(self, waiting: Waiting, settle: Settle) -> None:
        if self._closed:
            raise Closed
        self._queue.put((waiting, settle))

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._queue.put(_STOP)
            self._thread.join(PATIENCE_S)

    def _run(self) -> None:
        store = self._connect()
        try:
            running = True
            while running:
                batch: list[Sent] = []
                item = self._queue.get()
                while item is not _STOP:
                    waiting, settle = item
                    batch.extend((encode(append), token, settle) for append, token in waiting)
                    if len(batch) >= BATCH or self._queue.empty():
                        break
                    item = self._queue.get()
                running = item is not _STOP
                for first in range(0, len(batch), BATCH):
                    part = batch[first : first + BATCH]
                    tell(part, write(store, [entry for entry, _, _ in part]))
        finally:
            store.close()


def encode(append: Append) -> Entry:
    """Write an append's facts down, as they will stand in the ledger."""
    stream, step, at, facts, activity, release, actor, origin, lease = append
    lines = [fact if isinstance(fact, Line) else Line(fact.KIND, fact.VERSION, _encode(fact)) for fact in facts]
    return Entry(stream, step, at, lines, activity, release, actor, origin, lease)


def write(store: Store, entries: Sequence[Entry]) -> list[int | Exception]:
    """Store the entries in one transaction; when some are duplicates, halve until each stands alone."""
    try:
        return _transact(store, entries)
    except store.duplicate_error:
        store.rollback()
        if len(entries) == 1:
            return [Duplicate(f"stream {entries[0].stream} step {entries[0].step}")]
        half = len(entries) // 2
        return write(store, entries[:half]) + write(store, entries[half:])
    except Exception as error:  # noqa: BLE001 -- whoever waits must be told, whatever broke
        _rollback_quietly(store)
        return [error] * len(entries)


def tell(sent: Sequence[Sent], results: Sequence[int | Exception]) -> None:
    """Give each sender what became of his entries, all of one sender's at once."""
    by_settle: dict[Settle, list[tuple[Any, int | Exception]]] = {}
    for (_, token, settle), result in zip(sent, results, strict=True):
        by_settle.setdefault(settle, []).append((token, result))
    for settle, settled in by_settle.items():
        settle(settled)


def _transact(store: Store, entries: Sequence[Entry]) -> list[int | Exception]:
    store.begin()
    n, digest = store.head()
    epochs: dict[str, int | None] = {}
    rows: list[Row] = []
    results: list[int | Exception] = []
    for stream, step, at, lines, activity, release, actor, origin, lease in entries:
        if lease is not None and not _holds(store, lease, epochs):
            results.append(Fenced(lease.name))
            continue
        for part, (kind, version, body) in enumerate(lines):
            n += 1
            row = Row(n, stream, step, part, at, kind, version, activity, release, actor, origin, body, b"")
            digest = link(digest, row)
            rows.append(row._replace(digest=digest))
        results.append(n)
    if rows:
        store.insert(rows, (n, digest))
    store.commit()
    return results


def _holds(store: Store, lease: Lease, epochs: dict[str, int | None]) -> bool:
    if lease.name not in epochs:
        epochs[lease.name] = store.epoch(lease.name)
    return epochs[lease.name] == lease.epoch


def _rollback_quietly(store: Store) -> None:
    with contextlib.suppress(Exception):  # the first error is the one that is reported
        store.rollback()
