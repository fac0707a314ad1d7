"""The house that is killed: a demo week on SQLite with many facts on disk, served by its own command."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cyberweek.activities.quiz.facts import AnswerGiven
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.ledger import journal
from cyberweek.ledger.connect import AnyStore, open_store
from cyberweek.ledger.fact import Origin
from cyberweek.people.ticket import Signer
from cyberweek.rehearsal import server

BATCH = 5_000
PAPER = 10  # answers
OWN_KEYS = ("CYBERWEEK_SECRET", "CYBERWEEK_TICKET")  # an installation makes its own, in its folder
WHOLE = "cyberweek.project.asgi:application"
LANE = "cyberweek.project.lane:application"


class House:
    """One installation in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "cyberweek.sqlite3"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in OWN_KEYS},
            "CYBERWEEK_VAR": str(folder),
            "CYBERWEEK_DEMO": "1",
            "CYBERWEEK_ADDRESS_RATE": "1000000",
            "DATABASE_URL": str(self.database),
        }

    def load(self) -> None:
        """Make the demo week with its open quiz."""
        self.run("demo", "--load-only", "--papers", "1")

    def run(self, *words: str) -> str:
        """Run one of the house's commands to its end; returns what it said."""
        command = [sys.executable, "-m", "cyberweek.project.cli", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"cyberweek {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def quiz(self) -> tuple[int, int]:
        """The open quiz: its activity and its release."""
        with self.reading() as store:
            found = store.execute(
                "SELECT activity_id, release_id FROM component_visibility WHERE release_id IS NOT NULL ORDER BY activity_id"
            )
        return found[0][0], found[0][1]

    def signer(self) -> Signer:
        """Signs as this installation does."""
        return Signer((self.folder / "cyberweek_ticket.key").read_text(encoding="utf-8"))

    @contextmanager
    def reading(self) -> Iterator[AnyStore]:
        """A connection to the ledger."""
        store = open_store(str(self.database))
        try:
            yield store
        finally:
            store.close()


class Server(server.Server):
    """A house that is killed: it serves at a free port, and starts again at the same."""

    def __init__(self, house: House, application: str = WHOLE, **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        code = f"from cyberweek.project.cli import serve; serve({application!r}, '127.0.0.1', {port})"
        super().__init__(code, port, {**house.environment, **settings})

    def kill_writer(self) -> None:
        """End only the process that writes the ledger; waits for it to appear when it is just being started."""
        assert self.process is not None
        threads = Path(f"/proc/{self.process.pid}/task")
        children: list[str] = []
        while not children:
            children = [child for thread in threads.iterdir() for child in (thread / "children").read_text().split()]
        os.kill(int(children[0]), signal.SIGKILL)

    def __exit__(self, *_error: object) -> None:
        self.kill()


def fill(store: AnyStore, facts: int, *, activity: int, release: int) -> None:
    """Append so many answers of a past crowd through the real journal, ten to a paper; a second filling goes on."""
    ids, at = StreamIds(Node.DEMO), time.time_ns() // 1_000_000 - 3_600_000
    stream = ids.mint(at)
    for first in range(0, facts, BATCH):
        entries = []
        for number in range(first, min(first + BATCH, facts)):
            place = number % PAPER
            if place == 0:
                stream = ids.mint(at)
            answer = AnswerGiven(place, "fill", "phishing", (0,), right=True, took_ms=900)
            append = journal.Append(
                stream, place + 1, at, [answer], activity, release, 1 + number // PAPER, Origin.SIMULATED
            )
            entries.append(journal.encode(append))
        for result in journal.write(store, entries):
            if isinstance(result, Exception):
                raise result
