"""The lane as a process of its own: `uvicorn cyberweek.project.lane:application`. No Django is loaded."""

from __future__ import annotations

import os
import socket

from cyberweek.lane import limits
from cyberweek.lane.app import Lane, Setting
from cyberweek.lane.http import Receive, Scope, Send, send_refusal
from cyberweek.ledger import door
from cyberweek.ledger.connect import AnyStore, open_store
from cyberweek.ledger.scribe import Scribe
from cyberweek.project import address
from cyberweek.project.registry import REGISTRY


def connect() -> AnyStore:
    return open_store(address.database_url())


def build() -> Lane:
    """Make the lane of this process from the environment."""
    door.provide(connect, lambda: Scribe(address.database_url()))
    per_second = float(os.environ.get("CYBERWEEK_ADDRESS_RATE", limits.ADDRESS.per_second))
    return Lane(
        Setting(
            registry=REGISTRY,
            connect=connect,
            writer=door.writer,
            ticket_key=address.ticket_key(),
            holder=f"{socket.gethostname()}:{os.getpid()}",
            secure=address.is_secure(),
            behind_proxy=os.environ.get("CYBERWEEK_PROXY") == "1",
            address_rate=limits.Rate(per_second * 10, per_second),
        )
    )


class Application:
    """Serves /lane/ and its own life cycle."""

    def __init__(self) -> None:
        self._lane = build()
        self.express = self._lane.express

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await live(self._lane, receive, send)
        elif scope["type"] == "http" and scope["path"].startswith("/lane/"):
            await self._lane(scope, receive, send)
        elif scope["type"] == "http":
            await send_refusal(send, 404, "unknown-address")


async def live(lane: Lane, receive: Receive, send: Send) -> None:
    """Answer the server's life-cycle messages: start the lane before the first request, stop it after the last."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await lane.start()
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await lane.stop()
            door.close()
            await send({"type": "lifespan.shutdown.complete"})
            return


application = Application()
