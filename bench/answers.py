"""Durable quiz answers over HTTP: the lane against its bare limit, and against a commit for each answer.

All servers stay up and are loaded in turns, a second or two each, so that a slow moment of the machine meets all.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median
from typing import Self

from bench.figure import Figure
from bench.wrk import post_each
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.people.ticket import Attempt
from drill.house import LANE, House, Server

BARE = "bench.bare:application"
COMMIT_EACH = "bench.each:application"
REST_S = 1.2  # between two answers of a paper; meanwhile the lane counts what came in
ANSWERS = 10


class Contender:
    """A server on a house of its own, and papers that are under way in it."""

    def __init__(self, folder: Path, application: str, papers: int, **settings: str) -> None:
        folder.mkdir()
        self._house = House(folder)
        self._house.load()
        self.server = Server(self._house, application, **settings)
        self._activity, self._release = self._house.quiz()
        self._file = folder / "bodies.txt"
        self._papers = papers
        self._attempts: list[str] = []

    def __enter__(self) -> Self:
        """Serve, and open the papers: an attempt that is younger than its server cannot have been stored before."""
        self.server.start()
        signer, ids, at = self._house.signer(), StreamIds(Node.LANE), time.time_ns() // 1_000_000
        self._attempts = [
            signer.attempt(Attempt(self._activity, self._release, number, ids.mint(at)))
            for number in range(1, self._papers + 1)
        ]
        return self

    def __exit__(self, *_error: object) -> None:
        self.server.kill()

    def rate(self, step: int, connections: int, papers: int) -> float:
        """Answers a second, while one more question of so many papers is answered."""
        command = {"place": step - 1, "choice": [0]}
        bodies = [{"attempt": each, "step": step, "command": command} for each in self._attempts[:papers]]
        self._file.write_text("\n".join(map(json.dumps, bodies)) + "\n")
        return post_each(self.server.base, f"/lane/quiz/{self._activity}/do", self._file, connections=connections).rate

    def facts(self) -> int:
        with self._house.reading() as store:
            return store.head()[0]


def figures(*, quick: bool) -> Iterator[Figure]:
    papers, rounds = (3_000, 2) if quick else (12_000, ANSWERS - 1)
    for connections, target in ((64, 0.40), (256, 0.50)):
        rates = _in_turns(papers, rounds, connections)
        yield _figure(rates, 1, f"durable answers / bare handler, {connections} connections", target)
        yield _figure(rates, 2, f"durable answers / bare ASGI application, {connections} connections", target)
        yield _figure(rates, 3, f"durable answers / INSERT+COMMIT for each, {connections} connections", 5, "×")


def _figure(rates: list[tuple[float, ...]], peer: int, name: str, target: float, unit: str = "%") -> Figure:
    """The median ratio of the rounds, and the median rates behind it."""
    ratio = median(each[0] / each[peer] for each in rates)
    note = f"{median(each[0] for each in rates):,.0f}/s of {median(each[peer] for each in rates):,.0f}/s"
    return Figure(name, ratio, target, note, unit)


def _in_turns(papers: int, rounds: int, connections: int) -> list[tuple[float, ...]]:
    """Answers a second of the lane, the bare handler both ways, and the lane with a commit each; round by round."""
    with tempfile.TemporaryDirectory(prefix="cyberweek-bench-") as name, ExitStack() as stack:
        lane, each, bare, asgi = contenders = [
            Contender(Path(name) / "lane", LANE, papers),
            Contender(Path(name) / "each", COMMIT_EACH, papers),
            Contender(Path(name) / "bare", BARE, papers),
            Contender(Path(name) / "asgi", BARE, papers, BENCH_WAY="asgi"),
        ]
        for contender in contenders:
            stack.enter_context(contender)
        rates = []
        for step in range(1, rounds + 2):
            time.sleep(REST_S)
            before = lane.facts()
            rate = [contender.rate(step, connections, papers) for contender in (lane, bare, asgi)]
            if lane.facts() - before < papers - 2 * connections:
                raise SystemExit(f"{lane.facts() - before} of {papers} answers were stored")
            rates.append((*rate, each.rate(step, connections, papers // 6)))
        return rates[1:]  # the first answer draws the paper, and warms everything up
