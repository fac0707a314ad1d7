"""A participant's receipt: what ties a chance to the frozen list, in at most 1,000 bytes up to two million chances."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from typing import Any

from cyberweek.prizes.draw import leaf_of, nodes, root_by_path
from cyberweek.prizes.pack import canonical


class BadReceipt(Exception):
    """Raised when a receipt is not one, or is damaged."""


def write(
    *, activity: int, day: str, code: bytes, index: int = 0, count: int = 0, mark: str = "", path: bytes = b""
) -> bytes:
    """The receipt of a chance; index, count, mark and the neighbours' path are known once the list is frozen."""
    receipt: dict[str, Any] = {"a": activity, "d": day, "c": _text(code)}
    if count:
        receipt |= {"i": index, "n": count, "p": _text(path)}
    if mark:
        receipt["m"] = mark
    return canonical(receipt)


def is_in(receipt: bytes, root: bytes) -> bool:
    """True when the receipt leads to the root; raises BadReceipt when it cannot be read."""
    fields = read(receipt)
    leaf = leaf_of(fields["a"], fields["d"], _bytes(fields["c"]))
    mark = fields.get("m", "")
    (node,) = nodes([leaf], {leaf: mark} if mark else {})
    joined = _bytes(fields.get("p", ""))
    path = [joined[at : at + 32] for at in range(0, len(joined), 32)]
    return bool(root) and root_by_path(node, fields.get("i", 0), fields.get("n", 0), path) == root


def read(receipt: bytes) -> Mapping[str, Any]:
    """The receipt's fields; raises BadReceipt."""
    try:
        fields = json.loads(receipt)
        if not (isinstance(fields["a"], int) and isinstance(fields["d"], str) and isinstance(fields["c"], str)):
            raise BadReceipt
        _bytes(fields["c"]), _bytes(fields.get("p", ""))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise BadReceipt("this is no receipt of a chance") from None
    return dict(fields)


def code_in(receipt: bytes) -> tuple[int, str, bytes]:
    """The activity, the day and the code of a receipt; raises BadReceipt."""
    fields = read(receipt)
    return fields["a"], fields["d"], _bytes(fields["c"])


def _text(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
