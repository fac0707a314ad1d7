"""Whoever takes part waits here for their moment; when everybody waits, the clock jumps to the next one.

While anybody is doing something, and so while a request is open, the clock goes on at real speed.
"""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Coroutine
from datetime import datetime, timedelta
from typing import Any

from cyberweek.rehearsal.moved_clock import MovedClock

TOGETHER = 48  # are woken at once, at most
WITHIN = timedelta(seconds=30)  # whoever is woken together is never early, and at most so late


class Agenda:
    """Spawn whoever takes part, then run to the end."""

    def __init__(self, clock: MovedClock) -> None:
        self._clock = clock
        self._waiting: list[tuple[datetime, int, asyncio.Future[None]]] = []
        self._count = 0
        self._busy = 0
        self._all_wait = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed: BaseException | None = None

    def now(self) -> datetime:
        return self._clock()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Let somebody take part from now on."""
        self._busy += 1
        task = asyncio.ensure_future(self._see_through(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def until(self, moment: datetime) -> None:
        """Wait for a moment; one that has passed is now."""
        woken = asyncio.get_running_loop().create_future()
        self._count += 1
        heapq.heappush(self._waiting, (moment, self._count, woken))
        self._rest()
        await woken

    async def pause(self, seconds: float) -> None:
        await self.until(self.now() + timedelta(seconds=seconds))

    async def run(self) -> None:
        """Go from moment to moment until nobody waits any more. Raises whatever somebody raised."""
        while True:
            await self._all_wait.wait()
            if self._failed is not None:
                raise self._failed
            if not self._waiting:
                return
            self._wake()

    def _wake(self) -> None:
        first = max(self._waiting[0][0], self.now())
        woken: list[tuple[datetime, int, asyncio.Future[None]]] = []
        while self._waiting and len(woken) < TOGETHER and self._waiting[0][0] <= first + WITHIN:
            woken.append(heapq.heappop(self._waiting))
        if woken[-1][0] > self.now():
            self._clock.move_to(woken[-1][0])
        self._busy += len(woken)
        self._all_wait.clear()
        for _moment, _count, future in woken:
            future.set_result(None)

    async def _see_through(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 -- told to whoever runs the agenda
            self._failed = self._failed or error
        finally:
            self._rest()

    def _rest(self) -> None:
        self._busy -= 1
        if self._busy == 0 or self._failed is not None:
            self._all_wait.set()
