"""`python -m drill`: kills, waits, looks, and says in a table what was found; exit code 1 when something was lost."""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from cyberweek.activities.quiz.rules import Mode
from cyberweek.people.ticket import Attempt
from drill.house import House, Server, fill
from drill.residents import Memory, crowd


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="drill", description=__doc__)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--victim", choices=("server", "writer"), default="server", help="what is killed")
    parser.add_argument("--facts", type=int, default=1_000_000, help="facts on disk before the first kill")
    parser.add_argument("--residents", type=int, default=200)
    parser.add_argument("--longest", type=float, default=2.0, help="seconds under load before a kill, at most")
    parser.add_argument("--patience", type=float, default=2.0, help="seconds until it has to serve again, at most")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="cyberweek-drill-") as folder:
        house = House(Path(folder))
        _step("loading the week", house.load)
        activity, release = house.quiz()
        with house.reading() as store:
            words = f"storing {given.facts:,} facts"
            _step(words, lambda: fill(store, given.facts, activity=activity, release=release))
        memory = Memory()
        starts = asyncio.run(_under_load(Server(house), activity, memory, given))
        return _report(house, memory, starts, given.patience)


async def _under_load(server: Server, activity: int, memory: Memory, given: argparse.Namespace) -> list[float]:
    dice, stop = random.Random(given.seed), asyncio.Event()
    first = await asyncio.to_thread(server.start)
    print(f"serving after {first:.2f} s; {given.residents} residents answer", flush=True)
    residents = asyncio.create_task(crowd(server.base, activity, memory, size=given.residents, stop=stop))
    starts = []
    for number in range(1, given.kills + 1):
        await asyncio.sleep(0.1 + dice.random() * given.longest)
        starts.append(await (_kill_server(server) if given.victim == "server" else _kill_writer(server, memory)))
        print(
            f"kill {number:3}  serving again after {starts[-1]:.2f} s  {len(memory.heard):,} answers heard", flush=True
        )
    await asyncio.sleep(0.5)
    stop.set()
    await residents
    server.kill()
    return starts


async def _kill_server(server: Server) -> float:
    """Returns the seconds until it serves again."""
    server.kill()
    return await asyncio.to_thread(server.start)


async def _kill_writer(server: Server, memory: Memory) -> float:
    """Returns the seconds until the next answer is acknowledged."""
    server.kill_writer()
    begun = time.monotonic()
    memory.news.clear()
    await memory.news.wait()
    return time.monotonic() - begun


def _report(house: House, memory: Memory, starts: list[float], patience: float) -> int:
    said = house.run("ledger", "verify").strip()
    stored = _stored(house)
    asked = set(memory.heard)
    lost = [key for key in asked if key not in stored]
    doubled = [key for key, times in stored.items() if times > 1]
    slow = [each for each in starts if each > patience]
    print(
        f"\nacknowledged answers   {len(asked):,}\nlost                   {len(lost)}\ndoubled                {len(doubled)}"
    )
    print(f"retries                {memory.retried:,}, of which {len(memory.contradicted)} heard another answer")
    print(f"serving again          median {sorted(starts)[len(starts) // 2]:.2f} s, slowest {max(starts):.2f} s")
    print(f"chain                  {said}")
    return 1 if lost or doubled or memory.contradicted or slow else 0


def _stored(house: House) -> dict[tuple[str, int], int]:
    """How often each (attempt token, step) is in the ledger."""
    signer = house.signer()
    with house.reading() as store:
        rows = store.execute(
            "SELECT activity, release, actor, stream, step, count(*) FROM ledger_fact WHERE kind = 'quiz.answer-given' "
            "AND origin = 0 GROUP BY stream, step"
        )
    return {(signer.attempt(Attempt(*ids, Mode.LEARNING)), step): times for *ids, step, times in rows}


def _step(words: str, work) -> None:
    begun = time.monotonic()
    print(f"{words} …", end="", flush=True)
    work()
    print(f" {time.monotonic() - begun:.1f} s", flush=True)


if __name__ == "__main__":
    sys.exit(main())
