"""Ask a virus scanner about a file, where the installation has one: ClamAV's daemon, by its INSTREAM command. No Django.

unix:/run/clamav/clamd.ctl      tcp://127.0.0.1:3310
"""

from __future__ import annotations

import socket
import struct
from urllib.parse import urlsplit

PATIENCE_S = 20
_CHUNK = 1 << 16


class Infected(Exception):
    """Raised for a file in which the scanner found something; the message is the scanner's name for it."""


class ScannerAway(Exception):
    """Raised when the scanner that the settings name gives no answer; nothing is kept unseen then."""


def scan(data: bytes, address: str) -> None:
    """Let the scanner see a file; an empty address means there is none. Raises Infected or ScannerAway."""
    if not address:
        return
    try:
        with _connected(address) as link:
            link.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), _CHUNK):
                chunk = data[start : start + _CHUNK]
                link.sendall(struct.pack("!I", len(chunk)) + chunk)
            link.sendall(struct.pack("!I", 0))
            answer = _answer(link)
    except OSError as error:
        raise ScannerAway(type(error).__name__) from None
    if answer.endswith("FOUND"):
        raise Infected(answer.removeprefix("stream: ").removesuffix(" FOUND"))
    if not answer.endswith("OK"):
        raise ScannerAway(answer[:100])


def _connected(address: str) -> socket.socket:
    if address.startswith("unix:"):
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(PATIENCE_S)
        link.connect(address.removeprefix("unix:"))
        return link
    parts = urlsplit(address)
    return socket.create_connection((parts.hostname or "", parts.port or 3310), PATIENCE_S)


def _answer(link: socket.socket) -> str:
    heard = b""
    while not heard.endswith(b"\0") and (more := link.recv(4096)):
        heard += more
    return heard.rstrip(b"\0").decode(errors="replace").strip()
