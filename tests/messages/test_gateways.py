"""Texts leave by the gateway that an address names, or it is said why not."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from cyberweek.messages.gateways import BadGateway, ConsoleGateway, NotSent, Text, gateway, sign

TEXT = Text("claim-17-1", "000-0000-0001", "【示例网安周】验证码 123456")
NOW = "2026-11-24T10:00:00+08:00"


def at(address: str, key: str = ""):
    return gateway(address, key=key, now=lambda: NOW)


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    """A real gateway over HTTP that keeps what it gets and answers what it is told to."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            self.server.got.append((self.headers["x-signature"], body))
            self.send_response(self.server.status)
            self.end_headers()

        def log_message(self, *_words):
            """Say nothing: the tests read what came."""

    running = HTTPServer(("127.0.0.1", 0), Handler)
    running.got, running.status = [], 202
    thread = threading.Thread(target=running.serve_forever)
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def test_the_console_shows_the_text(capsys):
    at("console:").send(TEXT)

    assert capsys.readouterr().err == "[000-0000-0001] 【示例网安周】验证码 123456\n"
    assert isinstance(at("console:"), ConsoleGateway)


def test_a_file_gets_a_line_for_each_text_and_is_for_its_owner_only(tmp_path):
    path = tmp_path / "new" / "outbox.jsonl"
    for _ in range(2):
        at(f"file:{path}").send(TEXT)

    assert [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] == [TEXT._asdict()] * 2
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(NotSent, match="cannot be written"):
        at(f"file:{tmp_path}").send(TEXT)


def test_a_text_over_http_is_signed(server):
    at(f"http://127.0.0.1:{server.server_port}/sms", "key").send(TEXT)

    ((signature, body),) = server.got
    assert signature == sign(body, b"key")
    assert json.loads(body) == {"id": TEXT.id, "number": TEXT.number, "text": TEXT.words, "at": NOW}


@pytest.mark.parametrize("status", [301, 400, 503])
def test_a_text_that_is_not_taken_is_said_without_its_number(server, status):
    server.status = status

    with pytest.raises(NotSent) as caught:
        at(f"http://127.0.0.1:{server.server_port}/sms", "key").send(TEXT)
    assert str(caught.value) == f"the gateway answered {status}"


def test_a_gateway_that_is_not_there_is_said():
    with pytest.raises(NotSent, match="cannot be reached: ConnectError"):
        at("http://127.0.0.1:1/sms", "key").send(TEXT)


@pytest.mark.parametrize(
    ("address", "key"), [("", ""), ("ftp://x", "k"), ("http://example.invalid", "k"), ("https://x", "")]
)
def test_an_address_that_names_no_gateway_is_an_error(address, key):
    with pytest.raises(BadGateway):
        at(address, key)
