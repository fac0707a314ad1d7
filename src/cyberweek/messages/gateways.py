"""Gateways for short texts to a phone: one interface, chosen by an address in the settings.

    console:                      prints, for development
    file:/path/to/outbox.jsonl    appends a line, for development, tests and the demo
    https://…                     posts signed JSON; docs/reference/sms-gateway.md says what a real gateway must do

A gateway either takes a text or raises NotSent: whoever sends decides what then. No number is ever logged.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

import httpx

PATIENCE_S = 5
_TAKEN = range(200, 300)


class Text(NamedTuple):
    """A short text to a phone. `id` is the same when it is sent again, so that a gateway can leave out the second."""

    id: str
    number: str
    words: str


class NotSent(Exception):
    """Raised when a gateway did not take a text; the message says why, without the number."""


class BadGateway(Exception):
    """Raised for an address that names no gateway."""


class Gateway(Protocol):
    """What every gateway does."""

    def send(self, text: Text) -> None:
        """Take a text, or raise NotSent."""


class ConsoleGateway:
    """Prints texts where the server prints."""

    def send(self, text: Text) -> None:
        sys.stderr.write(f"[{text.number}] {text.words}\n")


class FileGateway:
    """Appends texts to a file, a line of JSON each."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, text: Text) -> None:
        line = json.dumps(text._asdict(), ensure_ascii=False)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "a", encoding="utf-8") as file:
                file.write(line + "\n")
        except OSError as error:
            raise NotSent(f"{self._path} cannot be written: {error.strerror}") from None

    def last_words(self) -> str:
        """The newest text, for whoever develops or shows a demo; empty when there is none."""
        if not self._path.exists():
            return ""
        lines = self._path.read_text(encoding="utf-8").splitlines()
        return str(json.loads(lines[-1])["words"]) if lines else ""


class SignedHttpGateway:
    """Posts {"id", "number", "text", "at"} with X-Signature: HMAC-SHA-256 of the body in hexadecimal."""

    def __init__(
        self, url: str, key: str, now: Callable[[], str], transport: httpx.BaseTransport | None = None
    ) -> None:
        self._url = url
        self._key = key.encode()
        self._now = now
        self._client = httpx.Client(timeout=PATIENCE_S, transport=transport, follow_redirects=False)

    def send(self, text: Text) -> None:
        asked = {"id": text.id, "number": text.number, "text": text.words, "at": self._now()}
        body = json.dumps(asked, ensure_ascii=False).encode()
        headers = {"content-type": "application/json", "x-signature": sign(body, self._key)}
        try:
            answer = self._client.post(self._url, content=body, headers=headers)
        except httpx.HTTPError as error:
            raise NotSent(f"the gateway cannot be reached: {type(error).__name__}") from None
        if answer.status_code not in _TAKEN:
            raise NotSent(f"the gateway answered {answer.status_code}")


def sign(body: bytes, key: bytes) -> str:
    """The signature of a body, for the sender and for whoever checks it."""
    return hmac.new(key, body, hashlib.sha256).hexdigest()


def gateway(address: str, *, key: str, now: Callable[[], str]) -> Gateway:
    """The gateway that an address names; `now` gives the moment as ISO 8601. Raises BadGateway."""
    if address == "console:":
        return ConsoleGateway()
    if address.startswith("file:"):
        return FileGateway(Path(address.removeprefix("file:")))
    if address.startswith(("https://", "http://127.0.0.1")):
        if not key:
            raise BadGateway("a gateway over HTTP needs CYBERWEEK_SMS_KEY, the key that signs what is sent")
        return SignedHttpGateway(address, key, now)
    raise BadGateway(f"{address!r} names no gateway: console:, file:/path or https://…")
