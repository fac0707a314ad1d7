"""Signed tokens without a database: who takes part (a random key) and which attempt it is. No Django.

A ticket names no person. Keyed BLAKE2b (RFC 7693) signs it; the key never leaves the server.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple

_MAC = 16
_TICKET = struct.Struct(">BQQ")
_ATTEMPT = struct.Struct(">BQQQQB")
_ADMISSION = struct.Struct(">BQQBQ")
_GROUP_ATTEMPT = struct.Struct(">BQQQQBQ")
TICKET_COOKIE = "cw_ticket"


class Ticket(NamedTuple):
    """A device that takes part: a random key and when it was given (ms)."""

    participant: int
    given_at: int


class Admission(NamedTuple):
    """Lets whoever has it take part for a group without a ticket, until a moment (ms): no device is known by it."""

    activity: int
    group: int
    mode: int
    until: int


class Attempt(NamedTuple):
    """One go at an activity: its stream number is also when it was minted; the kind of activity gives modes their sense.

    For a group (not 0) the participant is the stream itself: nobody but this one attempt.
    """

    activity: int
    release: int
    participant: int
    stream: int
    mode: int = 0
    group: int = 0


class Wait(NamedTuple):
    """A participant was asked to wait: until when (ms), and after how much waiting the token is worth nothing."""

    participant: int
    until: int


class Forged(Exception):
    """Raised when a token is not one that this installation signed."""


class Signer:
    """Signs and reads tokens with one secret key."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.blake2b(secret.encode(), digest_size=32, person=b"cyberweek-ticket").digest()

    def ticket(self, ticket: Ticket) -> str:
        return self._seal(_TICKET.pack(1, *ticket))

    def attempt(self, attempt: Attempt) -> str:
        if attempt.group:
            return self._seal(_GROUP_ATTEMPT.pack(4, *attempt))
        return self._seal(_ATTEMPT.pack(2, *attempt[:-1]))

    def admission(self, admission: Admission) -> str:
        return self._seal(_ADMISSION.pack(3, *admission))

    def wait(self, wait: Wait) -> str:
        return self._seal(_TICKET.pack(5, *wait))

    def read_wait(self, token: str) -> Wait:
        """Return the wait; raises Forged for anything not signed here as a wait."""
        return Wait(*self._open(token, _TICKET, 5))

    def read_ticket(self, token: str) -> Ticket:
        """Return the ticket; raises Forged for anything not signed here as a ticket."""
        return Ticket(*self._open(token, _TICKET, 1))

    def read_attempt(self, token: str) -> Attempt:
        """Return the attempt; raises Forged for anything not signed here as an attempt."""
        if len(token) == _length(_GROUP_ATTEMPT):
            return Attempt(*self._open(token, _GROUP_ATTEMPT, 4))
        return Attempt(*self._open(token, _ATTEMPT, 2))

    def chance_code(self, participant: int, activity: int, day: str) -> bytes:
        """The secret code of a participant's chance of a day: 16 bytes that only this installation can make."""
        text = f"cyberweek chance code\n{participant}\n{activity}\n{day}"
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=16).digest()

    def read_admission(self, token: str) -> Admission:
        """Return the admission; raises Forged for anything not signed here as an admission."""
        return Admission(*self._open(token, _ADMISSION, 3))

    def chance_proof(self, activity: int, day: str, code: bytes) -> bytes:
        """What a receipt carries until a frozen list names its chance: nobody else can say that a code was given here."""
        text = f"cyberweek chance proof\n{activity}\n{day}\n{code.hex()}"
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=16).digest()

    def _mac(self, data: bytes) -> bytes:
        return hashlib.blake2b(data, key=self._key, digest_size=_MAC).digest()

    def _seal(self, data: bytes) -> str:
        return urlsafe_b64encode(data + self._mac(data)).rstrip(b"=").decode()

    def _open(self, token: str, shape: struct.Struct, kind: int) -> tuple[int, ...]:
        try:
            raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
            data, mac = raw[:-_MAC], raw[-_MAC:]
            first, *values = shape.unpack(data)
        except (ValueError, struct.error):
            raise Forged from None
        if first != kind or not hmac.compare_digest(mac, self._mac(data)):
            raise Forged
        return tuple(values)


def _length(shape: struct.Struct) -> int:
    """How many letters a sealed token of a shape has."""
    return -(-(shape.size + _MAC) * 4 // 3)
