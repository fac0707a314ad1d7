"""A phone's line to the house: a socket, or where none comes through a stream of events and a POST for each word.

Accepted from this site only, heard in bounded frames, told through a bounded queue. Knows nothing of matches: whoever
serves a line gives what hears it and what is done when it is gone.
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
_EVENTS: list[Header] = [
    (b"content-type", b"text/event-stream"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]
GOING_AWAY, TOO_MUCH, TOO_BIG = 1001, 1008, 1009


class Opened(msgspec.Struct, frozen=True, tag_field="is", tag="line"):
    """A stream of events is open; whatever the phone says brings its token along."""

    line: str


class Line:
    """One connection, as whoever plays on it sees it. `seat` is theirs to use."""

    def __init__(self, participant: int) -> None:
        self.participant = participant
        self._pace = limits.Buckets(PACE, capacity=1)
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

    def may_say(self, body: bytes, at: int) -> bool:
        """False for a frame too long, or one too many, which also ends the line."""
        if len(body) > FRAME_LIMIT:
            self.end(TOO_BIG)
        elif not self._pace.take(0, at):
            self.end(TOO_MUCH)
        return not self.is_ended

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


async def stream(line: Line, token: str, receive: Receive, send: Send, *, headers: Iterable[Header]) -> None:
    """The same as server-sent events; by its token the phone says what it says with POSTs."""
    await send({"type": "http.response.start", "status": 200, "headers": [*_EVENTS, *headers]})
    await send({"type": "http.response.body", "body": _event(msgspec.json.encode(Opened(token))), "more_body": True})
    writing = asyncio.ensure_future(_write_events(line, send))
    leaving = asyncio.ensure_future(_until_gone(receive))
    cutting = asyncio.ensure_future(_cut(line))
    try:
        await asyncio.wait((writing, leaving, cutting), return_when=asyncio.FIRST_COMPLETED)
    finally:
        line.end()
        for each in (writing, leaving, cutting):
            each.cancel()


async def _read(line: Line, receive: Receive, *, now: Callable[[], int], hear: Callable[[Line, bytes], None]) -> None:
    while (message := await receive())["type"] == "websocket.receive":
        body = (message.get("text") or "").encode() or message.get("bytes") or b""
        if not line.may_say(body, now()):
            await asyncio.sleep(LAST_S)  # the writer closes
            return
        hear(line, body)


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _write_events(line: Line, send: Send) -> None:
    while (message := await line.next()) is not None:
        await send({"type": "http.response.body", "body": _event(message), "more_body": True})
    await send({"type": "http.response.body", "body": b""})


def _event(message: bytes) -> bytes:
    return b"data: " + message + b"\n\n"


async def _write(line: Line, send: Send) -> None:
    while (message := await line.next()) is not None:
        await send({"type": "websocket.send", "text": message.decode()})
    with contextlib.suppress(OSError):
        await send({"type": "websocket.close", "code": line.code})


async def _cut(line: Line) -> None:
    """Let a phone go whose last message cannot even be sent."""
    await line.stuck.wait()
    await asyncio.sleep(LAST_S)
