"""Residents who answer without pause, and remember every answer that was acknowledged."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import Any

import httpx

from cyberweek.activities.quiz.rules import Mode


@dataclass
class Memory:
    """What residents were told: (attempt token, step) → the answer they heard; and what disagreed on a retry."""

    heard: dict[tuple[str, int], Any] = field(default_factory=dict)
    contradicted: list[tuple[str, int]] = field(default_factory=list)
    retried: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)

    def note(self, attempt: str, step: int, told: Any) -> None:
        self.news.set()
        before = self.heard.setdefault((attempt, step), told)
        if before != told:
            self.contradicted.append((attempt, step))


async def crowd(base: str, activity: int, memory: Memory, *, size: int, stop: asyncio.Event) -> None:
    """So many residents play paper after paper until told to stop."""
    limits = httpx.Limits(max_connections=size, max_keepalive_connections=size)
    headers = {"accept-language": "zh-CN"}
    async with httpx.AsyncClient(base_url=base, timeout=10, limits=limits, headers=headers) as client:
        await asyncio.gather(*(_resident(client, activity, memory, stop) for _ in range(size)))


async def _resident(client: httpx.AsyncClient, activity: int, memory: Memory, stop: asyncio.Event) -> None:
    while not stop.is_set():
        begun = await _ask(client, f"/lane/quiz/{activity}/begin", {"mode": Mode.LEARNING}, stop)
        client.cookies.clear()
        if begun is not None:
            await _play(client, activity, memory, begun["attempt"], stop)


async def _play(client: httpx.AsyncClient, activity: int, memory: Memory, attempt: str, stop: asyncio.Event) -> None:
    for step in range(1, 100):
        asked = {"attempt": attempt, "step": step, "command": {"place": step - 1, "choice": [0]}}
        done = await _ask(client, f"/lane/quiz/{activity}/do", asked, stop)
        if done is None:
            return
        memory.note(attempt, step, done["told"])
        if step % 2 == 0:
            memory.retried += 1
            again = await _ask(client, f"/lane/quiz/{activity}/do", asked, stop)
            if again is not None:
                memory.note(attempt, step, again["told"])
        if done["told"].get("next") is None:
            return


async def _ask(client: httpx.AsyncClient, path: str, body: dict[str, Any], stop: asyncio.Event) -> Any:
    """Ask until there is an answer, as a phone does; None once the drill stops or the paper cannot go on."""
    while not stop.is_set():
        with contextlib.suppress(httpx.TransportError):
            answer = await client.post(path, json=body)
            if answer.status_code == 200:
                return answer.json()
            if answer.status_code not in (429, 503) and answer.json() != {"refused": "too-fast"}:
                raise SystemExit(f"{path}: {answer.status_code} {answer.text[:200]}")
        await asyncio.sleep(0.05)
    return None
