"""The one writer. Every fact, from the lane or from Django, is appended here and acknowledged after COMMIT.

A batch is whatever waited while the one before it was being made durable. Inside the batch's transaction the
writer holds the chain's lock, checks each append's lease, and numbers the rows: number order is commit order.
"""

from __future__ import annotations

import contextlib
import queue
import threading
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


class Append(NamedTuple):
    """Facts that one command produced, to be stored together or not at all."""

    stream: int
    step: int
    at: int
    facts: Sequence[Fact]
    activity: int = 0
    release: int = 0
    actor: int = 0
    origin: int = Origin.REAL
    lease: Lease | None = None


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


class Writer:
    """Appends batches on a thread of its own. `submit` names tokens and who is told when they are durable."""

    def __init__(self, connect: Callable[[], Store]) -> None:
        self._connect = connect
        self._queue: queue.SimpleQueue[tuple[Waiting, Settle] | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="ledger-writer", daemon=True)
        self._thread.start()

    def submit(self, waiting: Waiting, settle: Settle) -> None:
        """Queue appends; `settle` gets (token, last row number or exception) of each on the writer's thread.

        Hand over what came in together: waking the writer for every single append costs more than storing it.
        """
        if self._closed:
            raise Closed
        self._queue.put((waiting, settle))

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

    def close(self) -> None:
        """Write what is queued, then stop."""
        if not self._closed:
            self._closed = True
            self._queue.put(_STOP)
            self._thread.join(PATIENCE_S)

    def _run(self) -> None:
        store = self._connect()
        try:
            running = True
            while running:
                batch: list[tuple[Append, Any, Settle]] = []
                item = self._queue.get()
                while item is not _STOP:
                    waiting, settle = item
                    batch.extend((append, token, settle) for append, token in waiting)
                    if len(batch) >= BATCH or self._queue.empty():
                        break
                    item = self._queue.get()
                running = item is not _STOP
                for first in range(0, len(batch), BATCH):
                    part = batch[first : first + BATCH]
                    _tell(part, write(store, [append for append, _, _ in part]))
        finally:
            store.close()


def write(store: Store, appends: Sequence[Append]) -> list[int | Exception]:
    """Store the appends in one transaction; when some are duplicates, halve until each stands alone."""
    try:
        return _transact(store, appends)
    except store.duplicate_error:
        store.rollback()
        if len(appends) == 1:
            return [Duplicate(f"stream {appends[0].stream} step {appends[0].step}")]
        half = len(appends) // 2
        return write(store, appends[:half]) + write(store, appends[half:])
    except Exception as error:  # noqa: BLE001 -- whoever waits must be told, whatever broke
        _rollback_quietly(store)
        return [error] * len(appends)


def _transact(store: Store, appends: Sequence[Append]) -> list[int | Exception]:
    store.begin()
    n, digest = store.head()
    epochs: dict[str, int | None] = {}
    rows: list[Row] = []
    results: list[int | Exception] = []
    for append in appends:
        if append.lease is not None and not _holds(store, append.lease, epochs):
            results.append(Fenced(append.lease.name))
            continue
        for part, fact in enumerate(append.facts):
            n += 1
            row = Row(
                n, append.stream, append.step, part, append.at, fact.KIND, fact.VERSION, append.activity,
                append.release, append.actor, append.origin, _encode(fact), b"",
            )  # fmt: skip
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


def _tell(batch: list[tuple[Append, object, Settle]], results: list[int | Exception]) -> None:
    by_settle: dict[Settle, list[tuple[Any, int | Exception]]] = {}
    for (_, token, settle), result in zip(batch, results, strict=True):
        by_settle.setdefault(settle, []).append((token, result))
    for settle, settled in by_settle.items():
        settle(settled)
