"""The express way: a JSON command is decided in the turn of the loop in which its last byte arrives.

uvicorn makes a task, a scope and four messages of every request; a command needs none of them, only its bytes and an
answer. Everything else, a command in an unusual wrapping too, takes the ordinary way through the application. An
application opens this way by having an `express`; see Lane.express.
"""

from __future__ import annotations

import asyncio
from asyncio import TimerHandle
from collections.abc import Callable, Sequence
from typing import Any, cast

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from cyberweek.lane.http import BODY_LIMIT, Header, Request, refusal

Reply = Callable[[int, bytes, Sequence[Header]], None]
Headers = dict[bytes, bytes]
Express = Callable[[str, Request, str, Reply], None]

PATIENCE_S = 20  # for a request's first byte, and from there to its last
LINGER_S = 0.5
_HEADERS = b"content-type: application/json\r\ncache-control: no-store\r\ncontent-length: "


class ExpressProtocol(HttpToolsProtocol):
    """uvicorn's protocol with the short way, and with an end to requests that never become complete."""

    _timer: TimerHandle | None = None
    _since: float | None = None
    _is_ending = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._since = self.loop.time()
        self._timer = self.loop.call_later(PATIENCE_S, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if not self._is_ending:
            super().data_received(data)

    def end(self) -> None:
        """Close in a moment, and read nothing more: closing on unread bytes would take the last answer along."""
        self._is_ending = True
        self.loop.call_later(LINGER_S, self.transport.close)

    def on_message_begin(self) -> None:
        self._since = self.loop.time()
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self._since = None
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        self._since = None
        super().handle_websocket_upgrade()

    def on_headers_complete(self) -> None:
        express: Express | None = getattr(self.app, "express", None)
        headers = dict(self.headers)
        if express is None or not self._is_command(headers):
            super().on_headers_complete()
            return
        before: Any = self.cycle
        command = Command(self, express, headers)
        self.cycle = cast("Any", command)  # it does what the protocol asks of a cycle
        if before is None or before.response_complete:
            command.start()
        else:
            self.flow.pause_reading()
            self.pipeline.appendleft((self.cycle, self.app))

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        if isinstance(cycle, Command):
            cycle.start()
        else:
            super()._start_asgi_task(cycle, app)

    def _is_command(self, headers: Headers) -> bool:
        if not (self.url.startswith(b"/lane/") and self.url.endswith(b"/do")) or self.parser.get_method() != b"POST":
            return False
        if self.expect_100_continue or self.parser.should_upgrade() or self.parser.get_http_version() != "1.1":
            return False
        if self.limit_concurrency is not None and len(self.connections) >= self.limit_concurrency:
            return False
        return headers.get(b"content-type", b"").startswith(b"application/json")

    def _look(self) -> None:
        """Give up a request that does not become complete; a script may hold many of them open."""
        now = self.loop.time()
        if self._since is not None and now - self._since >= PATIENCE_S:
            self.transport.abort()
        else:
            left = PATIENCE_S if self._since is None else self._since + PATIENCE_S - now
            self._timer = self.loop.call_later(left, self._look)


class Command:
    """A command on its connection. Stands where uvicorn keeps a cycle of request and response, and has its names."""

    __slots__ = (
        "_express",
        "_headers",
        "_is_asked",
        "_is_next",
        "_path",
        "_protocol",
        "body",
        "disconnected",
        "keep_alive",
        "more_body",
        "response_complete",
    )

    def __init__(self, protocol: ExpressProtocol, express: Express, headers: Headers) -> None:
        self._protocol = protocol
        self._express = express
        self._path = protocol.url.decode("ascii", "replace")
        self._headers = headers
        self._is_next = self._is_asked = False
        self.body = bytearray()
        self.more_body = True
        self.disconnected = self.response_complete = False
        self.keep_alive = protocol.parser.should_keep_alive()

    @property
    def message_event(self) -> Command:
        """uvicorn calls `message_event.set()` when there is more of the body, and when the client has left."""
        return self

    def start(self) -> None:
        """It is this command's turn: the answers before it have been written."""
        self._is_next = True
        self.set()

    def set(self) -> None:
        if self._is_asked or not self._is_next or self.disconnected:
            return
        if len(self.body) > BODY_LIMIT:
            self._is_asked, self.keep_alive = True, False
            self._reply(413, refusal("too-large"), [(b"connection", b"close")])
        elif not self.more_body:
            self._is_asked = True
            client = self._protocol.client[0] if self._protocol.client else ""
            self._express(self._path, Request(self._headers, bytes(self.body)), client, self._reply)

    def _reply(self, status: int, body: bytes, headers: Sequence[Header]) -> None:
        protocol = self._protocol
        self.response_complete = True
        if self.disconnected or protocol.transport.is_closing():
            return
        if protocol.flow.write_paused:  # asks on and on, and never reads an answer
            protocol.transport.abort()
            return
        parts = [STATUS_LINE[status]]
        for name, value in (*protocol.server_state.default_headers, *headers):
            parts += (name, b": ", value, b"\r\n")
        parts += (_HEADERS, str(len(body)).encode(), b"\r\n\r\n", body)
        protocol.transport.write(b"".join(parts))
        if self.keep_alive:
            protocol.on_response_complete()
        elif self.more_body:
            protocol.end()
        else:
            protocol.transport.close()
