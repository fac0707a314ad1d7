"""A participant's receipt: what ties a chance to the frozen list, in at most 1,000 bytes up to two million chances.

Before the freeze it carries a proof that this installation gave it; after it, the path to the published root.
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from cyberweek.prizes.draw import leaf_of, nodes, root_by_path
from cyberweek.prizes.pack import canonical


class BadReceipt(Exception):
    """Raised when a receipt is not one, or is damaged."""


class OtherDraw(BadReceipt):
    """Raised when a receipt belongs to another draw than the one it is shown to."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a receipt says: whose chance, where in the list of how many, with which mark and neighbours, given by whom."""

    activity: int
    day: str
    code: bytes
    index: int
    count: int
    mark: str
    path: bytes
    proof: bytes

    @property
    def leaf(self) -> bytes:
        return leaf_of(self.activity, self.day, self.code)


class _Fields(msgspec.Struct, frozen=True):
    """A receipt as it is written: short names, for it may stand in a QR code."""

    a: int
    d: str
    c: str
    i: int = 0
    n: int = 0
    m: str = ""
    p: str = ""
    s: str = ""


def write(
    *,
    activity: int,
    day: str,
    code: bytes,
    index: int = 0,
    count: int = 0,
    mark: str = "",
    path: bytes = b"",
    proof: bytes = b"",
) -> bytes:
    """The receipt of a chance; index, count, mark and the neighbours' path are known once the list is frozen."""
    receipt: dict[str, Any] = {"a": activity, "d": day, "c": _text(code)}
    if count:
        receipt |= {"i": index, "n": count, "p": _text(path)}
    if mark:
        receipt["m"] = mark
    if proof:
        receipt["s"] = _text(proof)
    return canonical(receipt)


def read(receipt: bytes) -> Receipt:
    """What a receipt says; raises BadReceipt. That it is well written proves nothing yet."""
    try:
        said = msgspec.json.decode(receipt, type=_Fields)
        date.fromisoformat(said.d)
        code, path, proof = map(_bytes, (said.c, said.p, said.s))
    except (ValueError, RecursionError):
        raise BadReceipt("this is no receipt of a chance") from None
    return Receipt(said.a, said.d, code, said.i, said.n, said.m, path, proof)


def is_in(receipt: bytes, root: bytes) -> bool:
    """True when the receipt leads to the root; raises BadReceipt when it cannot be read."""
    said = read(receipt)
    (node,) = nodes([said.leaf], {said.leaf: said.mark} if said.mark else {})
    path = [said.path[at : at + 32] for at in range(0, len(said.path), 32)]
    return bool(root) and root_by_path(node, said.index, said.count, path) == root


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
