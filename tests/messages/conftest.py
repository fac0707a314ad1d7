"""A real mail server and a file that takes texts."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message


class Post(Message):
    """Keeps what came in, and refuses whom it does not know."""

    def __init__(self) -> None:
        super().__init__()
        self.came: list[tuple[str, str, str]] = []
        self.answers: list[str] = []

    async def handle_RCPT(self, _server, _session, envelope, address, _options) -> str:  # noqa: N802 -- aiosmtpd's name
        if address.startswith("nobody"):
            return "550 No such person"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802 -- as above
        if self.answers:
            return self.answers.pop(0)
        return await super().handle_DATA(server, session, envelope)

    def handle_message(self, message) -> None:
        self.came.append((message["X-RcptTo"], message["Message-ID"], message["Subject"]))


@pytest.fixture
def post() -> Iterator[Post]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    handler = Post()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    handler.address = f"smtp://127.0.0.1:{port}?tls=no&from=week@city.example"
    yield handler
    controller.stop()
