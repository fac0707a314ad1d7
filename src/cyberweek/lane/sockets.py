"""A phone's socket: accepted from this site only, heard in bounded frames, told through a bounded queue.

Knows nothing of matches: whoever serves a socket gives what hears it and what is done when it is gone.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from cyberweek.lane import limits
from cyberweek.lane.http import Header, Receive, Send

FRAME_LIMIT = 4 * 1024
WAITING = 64  # messages for a phone that does not read
LAST_S = 1  # for the words of a closing
PACE = limits.Rate(burst=30, per_second=5)
GOING_AWAY, TOO_MUCH, TOO_BIG = 1001, 1008, 1009


class Line:
    """One connection, as whoever plays on it sees it. `seat` is theirs to use."""

    def __init__(self, participant: int) -> None:
        self.participant = participant
        self.seat: Any = None
        self.lag = 0
        self.pinged = 0
        self.stuck = asyncio.Event()
        self._waiting: deque[bytes] = deque()
        self._something = asyncio.Event()
        self._code = 0

    def tell(self, message: msgspec.Struct) -> None:
        """Queue a message; a phone that does not read is cut off, and comes back for what it missed."""
        if len(self._waiting) >= WAITING:
            self.end(TOO_MUCH)
        else:
            self._waiting.append(msgspec.json.encode(message))
            self._something.set()

    def end(self, code: int = GOING_AWAY) -> None:
        """Close once what is queued has been sent, or at once for a phone that does not read."""
        self._code = self._code or code
        if code == TOO_MUCH:
            self._waiting.clear()
            self.stuck.set()
        self._something.set()

    async def next(self) -> bytes | None:
        """What is to be sent next; None when the line is to be closed."""
        while not self._waiting:
            if self._code:
                return None
            self._something.clear()
            await self._something.wait()
        return self._waiting.popleft()

    @property
    def code(self) -> int:
        return self._code or GOING_AWAY

    @property
    def is_ended(self) -> bool:
        return bool(self._code)


async def serve(
    line: Line, receive: Receive, send: Send, *, headers: Iterable[Header], now: Callable[[], int],
    hear: Callable[[Line, bytes], None],
) -> None:  # fmt: skip
    """Accept, and go on until either end closes."""
    await receive()
    await send({"type": "websocket.accept", "headers": list(headers)})
    reading = asyncio.ensure_future(_read(line, receive, now=now, hear=hear))
    writing = asyncio.ensure_future(_write(line, send))
    cutting = asyncio.ensure_future(_cut(line))
    try:
        await asyncio.wait((reading, writing, cutting), return_when=asyncio.FIRST_COMPLETED)
    finally:
        line.end()
        for each in (reading, writing, cutting):
            each.cancel()


async def refuse(receive: Receive, send: Send) -> None:
    """Turn a socket away before it is accepted."""
    await receive()
    await send({"type": "websocket.close", "code": TOO_MUCH})


async def _read(line: Line, receive: Receive, *, now: Callable[[], int], hear: Callable[[Line, bytes], None]) -> None:
    pace = limits.Buckets(PACE, capacity=1)
    while (message := await receive())["type"] == "websocket.receive":
        body = (message.get("text") or "").encode() or message.get("bytes") or b""
        if len(body) > FRAME_LIMIT:
            line.end(TOO_BIG)
        elif not pace.take(0, now()):
            line.end(TOO_MUCH)
        if line.is_ended:
            await asyncio.sleep(LAST_S)  # the writer closes
            return
        hear(line, body)


async def _write(line: Line, send: Send) -> None:
    while (message := await line.next()) is not None:
        await send({"type": "websocket.send", "text": message.decode()})
    with contextlib.suppress(OSError):
        await send({"type": "websocket.close", "code": line.code})


async def _cut(line: Line) -> None:
    """Let a phone go whose last message cannot even be sent."""
    await line.stuck.wait()
    await asyncio.sleep(LAST_S)
