"""The express way, over real sockets."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn

from cyberweek.lane import express
from cyberweek.lane.express import ExpressProtocol
from cyberweek.lane.http import read_request, send_json


class Echo:
    """Answers with the body: at once by the express way, after a moment when asked to, and by the ordinary way."""

    def express(self, path, request, _client, reply):
        answer = (200, b'{"express":%s}' % request.body, [(b"x-path", path.encode())])
        if b"later" in request.body:
            asyncio.get_running_loop().call_later(0.2, lambda: reply(*answer))
        else:
            reply(*answer)

    async def __call__(self, scope, receive, send):
        if scope["type"] == "lifespan":
            while True:
                message = await receive()
                await send({"type": f"{message['type']}.complete"})
                if message["type"] == "lifespan.shutdown":
                    return
        request = await read_request(scope, receive)
        await send_json(send, b'{"ordinary":%s}' % (request.body or b"null"))


@pytest.fixture
def port() -> Iterator[int]:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            Echo(), http=ExpressProtocol, loop="uvloop", log_level="error", access_log=False, proxy_headers=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listening.getsockname()[1]
        server.should_exit = True
        thread.join(10)


def post(body: bytes, path: str = "/lane/quiz/1/do", more: str = "") -> bytes:
    head = f"POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{more}content-length: {len(body)}\r\n\r\n"
    return head.encode() + body


def ask(port: int, data: bytes, answers: int) -> list[tuple[int, bytes]]:
    """Send bytes at once, and read so many answers as (status, body)."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(data)
        reader = connection.makefile("rb")
        return [read_answer(reader) for _ in range(answers)]


def read_answer(reader) -> tuple[int, bytes]:
    status = int(reader.readline().split()[1])
    length = 0
    while line := reader.readline().strip():
        name, _, value = line.partition(b": ")
        length = int(value) if name == b"content-length" else length
    return status, reader.read(length)


def test_a_json_command_goes_express(port):
    assert ask(port, post(b'"a"'), 1) == [(200, b'{"express":"a"}')]


@pytest.mark.parametrize(
    "data",
    [
        post(b'"a"', path="/lane/quiz/1/begin"),
        post(b'"a"', path="/elsewhere/do"),
        post(b'"a"').replace(b"application/json", b"application/x-www-form-urlencoded"),
        post(b'"a"').replace(b"POST", b"PUT"),
        post(b'"a"').replace(b"HTTP/1.1", b"HTTP/1.0"),
    ],
    ids=["another verb", "another place", "a form", "another method", "an old protocol"],
)
def test_everything_else_goes_the_ordinary_way(port, data):
    assert ask(port, data, 1) == [(200, b'{"ordinary":"a"}')]


def test_answers_come_in_the_order_of_the_questions(port):
    asked = [post(b'"later 1"'), post(b'"2"'), post(b'"3"', path="/elsewhere"), post(b'"later 4"'), post(b'"5"')]

    assert [body for _status, body in ask(port, b"".join(asked), 5)] == [
        b'{"express":"later 1"}', b'{"express":"2"}', b'{"ordinary":"3"}', b'{"express":"later 4"}', b'{"express":"5"}',
    ]  # fmt: skip


def test_a_body_that_comes_in_pieces_is_one_command(port):
    data = post(b'"a long command"')
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        for at in range(0, len(data), 7):
            connection.sendall(data[at : at + 7])
            time.sleep(0.002)

        assert read_answer(connection.makefile("rb")) == (200, b'{"express":"a long command"}')


def test_a_body_that_is_too_large_is_refused_and_the_connection_closed(port):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(post(b"x" * 10_000_000)[:100_000])
        reader = connection.makefile("rb")

        assert read_answer(reader) == (413, b'{"refused":"too-large"}')
        assert reader.read() == b""


def test_a_client_that_leaves_harms_nobody(port):
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", port)) as connection:
            connection.sendall(post(b'"later"'))
    time.sleep(0.4)

    assert ask(port, post(b'"a"'), 1) == [(200, b'{"express":"a"}')]


def test_a_client_that_never_reads_is_cut_off(port):
    """Answers of 16 KB that nobody reads fill the socket, then the buffer; then the connection ends."""
    data = post(b'"%s"' % (b"x" * 16_000)) * 2_000
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection, pytest.raises(ConnectionError):
        connection.sendall(data)


@pytest.mark.parametrize(
    "begun", [b"", b"POST /lane/quiz/1/do HTT", post(b'"a"')[:-1]], ids=["nothing", "head", "body"]
)
def test_a_request_that_never_becomes_complete_is_given_up(port, monkeypatch, begun):
    monkeypatch.setattr(express, "PATIENCE_S", 0.3)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(begun)

        assert has_ended(connection)


def has_ended(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_a_connection_that_is_used_now_and_then_lives(port, monkeypatch):
    monkeypatch.setattr(express, "PATIENCE_S", 0.3)
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        reader = connection.makefile("rb")
        for _ in range(3):
            connection.sendall(post(b'"a"'))
            assert read_answer(reader) == (200, b'{"express":"a"}')
            time.sleep(0.5)
