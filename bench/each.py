"""The lane with the naive writer: each answer has an INSERT and a COMMIT of its own, while everybody waits."""

from __future__ import annotations

from cyberweek.ledger import door, journal
from cyberweek.ledger.connect import AnyStore
from cyberweek.ledger.journal import Settle, Waiting, Writer
from cyberweek.project.lane import Application
from cyberweek.project.serving import connect


class CommitEach(Writer):
    def __init__(self, store: AnyStore) -> None:
        self._store = store

    def submit(self, waiting: Waiting, settle: Settle) -> None:
        for append, token in waiting:
            settle([(token, journal.write(self._store, [journal.encode(append)])[0])])

    def close(self) -> None:
        self._store.close()


application = Application()
door.provide(connect, lambda: CommitEach(connect()))
