"""The one writer of this process. Opened on first use; `project` says how to connect."""

from __future__ import annotations

import threading
from collections.abc import Callable

from cyberweek.ledger.connect import AnyStore
from cyberweek.ledger.journal import ThreadWriter, Writer


class NotProvided(Exception):
    """Raised when the writer is wanted before the project has said where the ledger is."""


class _Door:
    def __init__(self) -> None:
        self.connect: Callable[[], AnyStore] | None = None
        self.open: Callable[[], Writer] | None = None
        self.writer: Writer | None = None
        self.lock = threading.Lock()


_door = _Door()


def provide(connect: Callable[[], AnyStore], open_writer: Callable[[], Writer] | None = None) -> None:
    """Say how this process connects to the ledger and which writer it has; closes the writer of an earlier connection."""
    close()
    _door.connect = connect
    _door.open = open_writer or (lambda: ThreadWriter(connect))


def writer() -> Writer:
    """Return the writer, opening it on first use; raises NotProvided before `provide`."""
    with _door.lock:
        if _door.writer is None:
            if _door.open is None:
                raise NotProvided
            _door.writer = _door.open()
        return _door.writer


def connect() -> AnyStore:
    """Open another connection to the same ledger, for reading."""
    if _door.connect is None:
        raise NotProvided
    return _door.connect()


def close() -> None:
    """Write what is queued and let the writer go."""
    with _door.lock:
        if _door.writer is not None:
            _door.writer.close()
            _door.writer = None
