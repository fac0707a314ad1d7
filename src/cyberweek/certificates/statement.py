"""What a certificate states, and the signature that makes it stand by itself. Pure: no Django, no clock.

    text        base64url(payload) "." base64url(signature)
    payload     a JSON array: the format, campaign, activity, SHA-256 of the release, right, of, day, number
    signature   Ed25519 (RFC 8032) over "cyberweek certificate\\n" and the payload, as it is written

The number is random to everybody else, and the same whenever the same paper is printed: a copy shows as a copy.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

FORMAT = "cyberweek-certificate-1"
CONTEXT = b"cyberweek certificate\n"
LONGEST = 2_000  # letters of a text that is looked at


class Statement(msgspec.Struct, frozen=True, array_like=True):
    """So many right answers of so many, under one release, on one day."""

    format: str
    campaign: str
    activity: str
    release: str
    right: int
    of: int
    day: date
    number: str


class NotGenuine(Exception):
    """Raised for a text that was not signed by this key, or was changed since."""


def key_from(secret: str) -> Ed25519PrivateKey:
    """The signing key of an installation, from its secret."""
    seed = HKDF(hashes.SHA256(), 32, salt=None, info=b"cyberweek certificate key").derive(secret.encode())
    return Ed25519PrivateKey.from_private_bytes(seed)


def public_text(key: Ed25519PrivateKey) -> str:
    """The public key as it is published: base64url of its 32 bytes."""
    return _text(key.public_key().public_bytes_raw())


def sign(statement: Statement, key: Ed25519PrivateKey) -> str:
    payload = msgspec.json.encode(statement)
    return f"{_text(payload)}.{_text(key.sign(CONTEXT + payload))}"


def read(text: str, key: Ed25519PublicKey) -> Statement:
    """The statement of a genuine text; raises NotGenuine."""
    try:
        payload, signature = map(_bytes, text.strip()[:LONGEST].split("."))
        key.verify(signature, CONTEXT + payload)
        statement = msgspec.json.decode(payload, type=Statement)
    except (ValueError, InvalidSignature, msgspec.DecodeError):
        raise NotGenuine(text[:LONGEST]) from None
    if statement.format != FORMAT:
        raise NotGenuine(text[:LONGEST])
    return statement


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if _text(data) != text:
        raise ValueError("not written the one way")
    return data
