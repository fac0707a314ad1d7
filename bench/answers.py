"""Durable quiz answers over HTTP: the lane against its bare limit, and against a commit for each request."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from bench.figure import Figure
from bench.wrk import Load, post_each
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.people.ticket import Attempt
from drill.house import LANE, House

BARE = "bench.bare:application"
REFRESHED_S = 2.5  # until the lane has read what people see and has nothing left to count


def figures(*, quick: bool) -> Iterator[Figure]:
    papers, rounds = (6_000, 1) if quick else (24_000, 3)
    with tempfile.TemporaryDirectory(prefix="cyberweek-bench-") as name:
        house = House(Path(name))
        house.load()
        ours: dict[int, list[Load]] = {64: [], 256: []}
        bare: dict[int, list[Load]] = {64: [], 256: []}
        alone: list[Load] = []
        for number in range(rounds):
            for connections, loads in ours.items():
                loads.append(_lane(house, papers, connections, number))
                bare[connections].append(_bare(house, connections))
            alone.append(_bare(house, 64, commit=house.folder / f"alone-{number}.sqlite3"))
        for connections, target in ((64, 0.40), (256, 0.50)):
            mine, limit = _middle(ours[connections]), _middle(bare[connections])
            note = f"{mine:,.0f}/s of {limit:,.0f}/s"
            yield Figure(f"durable answers / bare handler, {connections} connections", mine / limit, target, note)
        mine, peer = _middle(ours[64]), _middle(alone)
        note = f"{mine:,.0f}/s of {peer:,.0f}/s"
        yield Figure("durable answers / INSERT+COMMIT per request", mine / peer, 5, note, "×")


def _lane(house: House, papers: int, connections: int, number: int) -> Load:
    """Second answers of papers that are under way, each stored once; the first answers warm everything up."""
    activity, release = house.quiz()
    signer, ids = house.signer(), StreamIds(Node.LANE)
    house.start(LANE)
    at = time.time_ns() // 1_000_000
    first = number * 10_000_000 + connections * 100_000
    attempts = [signer.attempt(Attempt(activity, release, first + n, ids.mint(at))) for n in range(papers)]
    for step in (1, 2):
        time.sleep(REFRESHED_S)
        before = _facts(house)
        bodies = _bodies(house.folder, attempts, step)
        load = post_each(house.base, f"/lane/quiz/{activity}/do", bodies, connections=connections)
    stored = _facts(house) - before
    house.kill()
    if stored < papers - 2 * connections:
        raise SystemExit(f"{stored} of {papers} answers were stored")
    return load


def _bare(house: House, connections: int, commit: Path | None = None) -> Load:
    house.start(BARE, **({"BENCH_COMMIT": str(commit)} if commit else {}))
    load = post_each(house.base, "/lane/quiz/1/do", house.folder / "bodies.txt", connections=connections)
    house.kill()
    return load


def _bodies(folder: Path, attempts: list[str], step: int) -> Path:
    file = folder / "bodies.txt"
    command = {"place": step - 1, "choice": [0]}
    file.write_text("\n".join(json.dumps({"attempt": a, "step": step, "command": command}) for a in attempts) + "\n")
    return file


def _facts(house: House) -> int:
    with house.reading() as store:
        return store.head()[0]


def _middle(loads: list[Load]) -> float:
    return median(load.rate for load in loads)
