"""What every server of the house needs: how to reach the ledger, a lane from the environment, its life cycle. No Django."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Awaitable, Callable

from cyberweek.kernel.clock import move_system_clock, system_clock
from cyberweek.kernel.ids import Node
from cyberweek.lane import limits
from cyberweek.lane.app import Lane
from cyberweek.lane.http import Receive, Send
from cyberweek.lane.setting import Setting
from cyberweek.ledger import door
from cyberweek.ledger.connect import AnyStore, open_store
from cyberweek.ledger.scribe import Scribe
from cyberweek.project import address
from cyberweek.project.registry import REGISTRY
from cyberweek.rehearsal.moved_clock import MovedClock


def connect() -> AnyStore:
    return open_store(address.database_url())


class NotADemo(Exception):
    """Raised when a real installation is told to let its clock be moved."""


def provide() -> None:
    """Let the ledger's door lead to this installation's database, through a writing process. Raises NotADemo."""
    if address.rehearsal() is not None:
        move_system_clock(_clock().ahead)
    door.provide(connect, lambda: Scribe(address.database_url()))


def _clock() -> MovedClock:
    """The clock that a rehearsal moves. Raises NotADemo."""
    folder = address.rehearsal()
    if folder is None or os.environ.get("CYBERWEEK_DEMO") != "1":
        raise NotADemo("CYBERWEEK_REHEARSAL is for `cyberweek rehearse` alone: unset it, and start again")
    return MovedClock(folder / "clock")


def build() -> Lane:
    """Make the lane of this process from the environment."""
    provide()
    valkey = os.environ.get("VALKEY_URL", "")
    per_second = float(os.environ.get("CYBERWEEK_ADDRESS_RATE", limits.ADDRESS.per_second))
    return Lane(
        Setting(
            registry=REGISTRY,
            connect=connect,
            writer=door.writer,
            ticket_key=address.ticket_key(),
            address=os.environ.get("CYBERWEEK_LANE_URL", f"{socket.gethostname()}:{os.getpid()}"),
            node=Node.LANES + int(os.environ.get("CYBERWEEK_LANE", "0")) if valkey else Node.LANE,
            valkey=valkey,
            secure=address.is_secure(),
            clock=system_clock if address.rehearsal() is None else _clock(),
            behind_proxy=os.environ.get("CYBERWEEK_PROXY") == "1",
            address_rate=limits.Rate(per_second * 10, per_second),
        )
    )


async def live(
    receive: Receive,
    send: Send,
    *,
    start: Callable[[], Awaitable[None]] | None = None,
    stop: Callable[[], Awaitable[None]] | None = None,
    then: Callable[[], None] | None = None,
) -> None:
    """Answer the server's life-cycle messages: start before the first request, `then` on a thread, stop after the last."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            if start is not None:
                await start()
            if then is not None:
                await asyncio.to_thread(then)
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            if stop is not None:
                await stop()
            door.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
