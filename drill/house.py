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
from typing import Self

import httpx

from cyberweek.activities.quiz.facts import AnswerGiven
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.ledger import journal
from cyberweek.ledger.connect import AnyStore, open_store
from cyberweek.ledger.fact import Origin
from cyberweek.people.ticket import Signer

BATCH = 5_000
PAPER = 10  # answers
OWN_KEYS = ("CYBERWEEK_SECRET", "CYBERWEEK_TICKET")  # an installation makes its own, in its folder
PATIENCE_S = 60
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


class Server:
    """A house that serves: starts, is killed, and starts again at the same address."""

    def __init__(self, house: House, application: str = WHOLE, **settings: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._environment = {**house.environment, **settings}
        code = f"from cyberweek.project.cli import serve; serve({application!r}, '127.0.0.1', {self.port})"
        self._command = [sys.executable, "-c", code]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start serving; returns the seconds until it answered."""
        begun = time.monotonic()
        self._process = subprocess.Popen(self._command, env=self._environment, start_new_session=True)
        while time.monotonic() - begun < PATIENCE_S:
            try:
                if httpx.get(f"{self.base}/lane/health", timeout=1).status_code == 200:
                    return time.monotonic() - begun
            except httpx.TransportError:
                time.sleep(0.01)
        raise SystemExit("the house does not come up")

    def kill(self) -> None:
        """End every process of it at once, without a word."""
        assert self._process is not None
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(10)

    def kill_writer(self) -> None:
        """End only the process that writes the ledger; waits for it to appear when it is just being started."""
        assert self._process is not None
        threads = Path(f"/proc/{self._process.pid}/task")
        children: list[str] = []
        while not children:
            children = [child for thread in threads.iterdir() for child in (thread / "children").read_text().split()]
        os.kill(int(children[0]), signal.SIGKILL)

    def __enter__(self) -> Self:
        self.start()
        return self

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
