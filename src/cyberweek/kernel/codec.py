"""Canonical bytes and their digest. One way to write a struct down, so that equal things have equal bytes."""

from __future__ import annotations

import hashlib
from typing import TypeVar

import msgspec

T = TypeVar("T")
_ENCODER = msgspec.json.Encoder(order="deterministic")


def canonical(value: object) -> bytes:
    """Write a struct as JSON with fields in declared order and mappings sorted."""
    return _ENCODER.encode(value)


def digest(data: bytes) -> str:
    """The SHA-256 of the bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes, kind: type[T]) -> T:
    """Read canonical bytes back; raises msgspec.ValidationError when they do not fit."""
    return msgspec.json.decode(data, type=kind)
