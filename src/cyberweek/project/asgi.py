"""The whole house in one process: lane, ready pages, and Django behind them."""

from __future__ import annotations

import asyncio

from cyberweek.lane.http import Receive, Scope, Send
from cyberweek.lane.sockets import refuse
from cyberweek.project.pages import append_what_waits, pages
from cyberweek.project.rounds import Rounds
from cyberweek.project.serving import build, live


class Application:
    def __init__(self) -> None:
        self._lane = build()
        self.express = self._lane.express
        self._pages = pages()
        self._rounds = Rounds()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await live(receive, send, start=self._lane.start, stop=self._stop, then=self._begin)
        elif scope["path"].startswith("/lane/"):
            await self._lane(scope, receive, send)
        elif scope["type"] == "http":
            await self._pages(scope, receive, send)
        else:
            await refuse(receive, send)

    def _begin(self) -> None:
        append_what_waits()
        self._rounds.start()

    async def _stop(self) -> None:
        await asyncio.to_thread(self._rounds.stop)
        await self._lane.stop()


application = Application()
