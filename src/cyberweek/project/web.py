"""Pages without a lane: for installations whose lanes are processes of their own."""

from __future__ import annotations

import asyncio

from cyberweek.lane.http import Receive, Scope, Send, send_refusal
from cyberweek.project.pages import append_what_waits, pages
from cyberweek.project.rounds import Rounds
from cyberweek.project.serving import live, provide


class Application:
    def __init__(self) -> None:
        provide()
        self._pages = pages()
        self._rounds = Rounds()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith("/lane/"):
            await send_refusal(send, 404, "no-lane-here")
        elif scope["type"] == "http":
            await self._pages(scope, receive, send)
        elif scope["type"] == "lifespan":
            await live(receive, send, stop=self._stop, then=self._begin)

    def _begin(self) -> None:
        append_what_waits()
        self._rounds.start()

    async def _stop(self) -> None:
        await asyncio.to_thread(self._rounds.stop)


application = Application()
