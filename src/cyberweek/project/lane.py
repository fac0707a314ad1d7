"""The lane as a process of its own: `uvicorn cyberweek.project.lane:application`. No Django is loaded."""

from __future__ import annotations

from cyberweek.lane.http import Receive, Scope, Send, send_refusal
from cyberweek.lane.sockets import refuse
from cyberweek.project.serving import build, live


class Application:
    """Serves /lane/ and its own life cycle."""

    def __init__(self) -> None:
        self._lane = build()
        self.express = self._lane.express

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await live(receive, send, start=self._lane.start, stop=self._lane.stop)
        elif scope["path"].startswith("/lane/"):
            await self._lane(scope, receive, send)
        elif scope["type"] == "http":
            await send_refusal(send, 404, "unknown-address")
        else:
            await refuse(receive, send)


application = Application()
