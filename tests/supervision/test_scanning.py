"""The scanner sees every byte before anything is kept; one that does not answer keeps everything out."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator

import pytest

from cyberweek.supervision.scanning import Infected, ScannerAway, scan

BAD = b"X5O!-stands-for-a-virus"


class Clamd(socketserver.StreamRequestHandler):
    """As much of ClamAV's daemon as INSTREAM asks."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        seen = b""
        while size := struct.unpack("!I", self.rfile.read(4))[0]:
            seen += self.rfile.read(size)
        answer = {b"confused": b"INSTREAM size limit exceeded. ERROR\0"}.get(seen, b"stream: OK\0")
        self.wfile.write(b"stream: Test.Virus FOUND\0" if BAD in seen else answer)


@pytest.fixture
def clamd(tmp_path) -> Iterator[str]:
    server = socketserver.ThreadingUnixStreamServer(str(tmp_path / "clamd.ctl"), Clamd)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"unix:{tmp_path / 'clamd.ctl'}"
    server.shutdown()
    server.server_close()


def test_without_a_scanner_nothing_is_asked():
    scan(BAD, "")


def test_a_clean_file_passes(clamd):
    scan(b"clean" * 50_000, clamd)


def test_what_the_scanner_finds_is_named(clamd):
    with pytest.raises(Infected, match=r"Test\.Virus"):
        scan(b"." * 100_000 + BAD, clamd)


def test_a_scanner_that_cannot_judge_lets_nothing_pass(clamd):
    with pytest.raises(ScannerAway):
        scan(b"confused", clamd)


@pytest.mark.parametrize("address", ["unix:/nowhere/clamd.ctl", "tcp://127.0.0.1:1"])
def test_a_scanner_that_is_away_lets_nothing_pass(address):
    with pytest.raises(ScannerAway):
        scan(b"clean", address)
