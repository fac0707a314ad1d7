"""Seals what is known of a person, with a key that never lies in the database. Pure: no Django, no clock.

Sealed bytes: version, cipher, nonce of 12 bytes, ciphertext with its tag. What is sealed is bound to what it is about,
so that one row's number cannot be moved to another. AES-256-GCM by default; SM4-GCM (GB/T 32907) where the commercial
cipher rules ask for it. Either opens what the other's setting sealed. Keys by HKDF (RFC 5869) from one master key.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

VERSION = 1
NONCE = 12
TAG = 16


class Suite(IntEnum):
    AES = 1
    SM4 = 2


class CannotOpen(Exception):
    """Raised when sealed bytes were changed, moved to another row, or sealed with another key."""


class Vault:
    """Seals and opens texts, and marks them so that equal ones can be found without being opened."""

    def __init__(self, master: str, randomness: Callable[[int], bytes], suite: Suite = Suite.AES) -> None:
        self._master = master.encode()
        self._randomness = randomness
        self._suite = suite

    def seal(self, text: str, *, about: str) -> bytes:
        """Encrypt a text that belongs to `about`, a kind and a row's key such as `claim.phone:17`."""
        nonce, head = self._randomness(NONCE), bytes([VERSION, self._suite])
        return head + nonce + self._encrypt(self._suite, nonce, text.encode(), head + about.encode())

    def open(self, sealed: bytes, *, about: str) -> str:
        """Raises CannotOpen."""
        head, nonce, data = sealed[:2], sealed[2 : 2 + NONCE], sealed[2 + NONCE :]
        try:
            version, suite = head
            if version != VERSION:
                raise CannotOpen("sealed by another version")
            return self._decrypt(Suite(suite), nonce, data, head + about.encode()).decode()
        except (InvalidTag, ValueError):
            raise CannotOpen("changed, moved, or sealed with another key") from None

    def mark(self, text: str, *, kind: str) -> bytes:
        """A keyed digest: the same for the same text and kind, and of no use without the key."""
        keyed = hmac.HMAC(self._key("mark", hashes.SHA256(), 32), hashes.SHA256())
        keyed.update(f"{kind}\x1f{text}".encode())
        return keyed.finalize()

    def _encrypt(self, suite: Suite, nonce: bytes, data: bytes, about: bytes) -> bytes:
        if suite == Suite.AES:
            return AESGCM(self._key("aes", hashes.SHA256(), 32)).encrypt(nonce, data, about)
        encryptor = Cipher(algorithms.SM4(self._key("sm4", hashes.SM3(), 16)), modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(about)
        return encryptor.update(data) + encryptor.finalize() + encryptor.tag

    def _decrypt(self, suite: Suite, nonce: bytes, data: bytes, about: bytes) -> bytes:
        if suite == Suite.AES:
            return AESGCM(self._key("aes", hashes.SHA256(), 32)).decrypt(nonce, data, about)
        mode = modes.GCM(nonce, data[-TAG:])
        decryptor = Cipher(algorithms.SM4(self._key("sm4", hashes.SM3(), 16)), mode).decryptor()
        decryptor.authenticate_additional_data(about)
        return decryptor.update(data[:-TAG]) + decryptor.finalize()

    def _key(self, purpose: str, algorithm: hashes.HashAlgorithm, length: int) -> bytes:
        return HKDF(algorithm, length, salt=None, info=f"cyberweek {purpose}".encode()).derive(self._master)
