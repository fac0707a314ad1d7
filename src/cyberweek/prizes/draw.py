"""The arithmetic of an honest draw. Pure: bytes in, bytes out; `verify_draw.py` says the same things independently.

    leaf    SHA-256("cyberweek chance 1\\n" activity "\\n" day "\\n" code)        what is published of a chance
    root    Merkle tree of RFC 9162 over the leaves in ascending order, each with its mark
    seed    SHA-256("cyberweek draw 1\\n" root secret (name "\\x1f" value "\\n")…)
    key     HMAC-SHA-256(seed, leaf); the smallest key has rank 1
    instant HMAC-SHA-256(day key, leaf) read as a number below 2^64 / odds

Nobody can steer it: the list is frozen and the secret committed before the public sources have a value.
"""

from __future__ import annotations

import hashlib
import heapq
import hmac
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

CODE_BYTES = 16
_TAG_CHANCE = b"cyberweek chance 1\n"
_TAG_DRAW = b"cyberweek draw 1\n"
_TAG_DAY = b"cyberweek day 1\n"
_LEAF, _NODE = b"\x00", b"\x01"


class Source(NamedTuple):
    """A public number whose value nobody knew when the list was frozen."""

    name: str
    value: str


def leaf_of(activity: int, day: str, code: bytes) -> bytes:
    """What is published of a chance: whoever knows the code can find it, nobody else can make it."""
    return hashlib.sha256(b"%s%d\n%s\n%s" % (_TAG_CHANCE, activity, day.encode(), code)).digest()


def commitment(secret: bytes) -> str:
    """What is published before opening, so that the secret cannot be chosen later."""
    return hashlib.sha256(secret).hexdigest()


def nodes(leaves: Iterable[bytes], excluded: Mapping[bytes, str] | None = None) -> list[bytes]:
    """The lowest row of the tree: each leaf hashed together with its mark, '' for a chance that takes part."""
    marks = excluded or {}
    return [hashlib.sha256(_LEAF + leaf + marks.get(leaf, "").encode()).digest() for leaf in leaves]


def root_of(row: Sequence[bytes]) -> bytes:
    """The root over a row of nodes; 32 zero bytes when there is none."""
    *_, last = _rows(row)
    return last[0] if last else bytes(32)


def path_of(row: Sequence[bytes], index: int) -> list[bytes]:
    """The neighbours by which a node is tied to the root, lowest first."""
    path = []
    for each in _rows(row):
        neighbour = index ^ 1
        if len(each) > 1 and neighbour < len(each):
            path.append(each[neighbour])
        index //= 2
    return path


def root_by_path(node: bytes, index: int, count: int, path: Sequence[bytes]) -> bytes:
    """The root to which a node and its neighbours lead; any change in any of them leads elsewhere."""
    rest = list(path)
    while count > 1:
        if index ^ 1 < count:
            if not rest:
                return b""
            neighbour = rest.pop(0)
            pair = neighbour + node if index & 1 else node + neighbour
            node = hashlib.sha256(_NODE + pair).digest()
        index, count = index // 2, (count + 1) // 2
    return b"" if rest else node


def seed_of(root: bytes, secret: bytes, sources: Sequence[Source]) -> bytes:
    """The draw's seed: the frozen list, the committed secret, and what the world added."""
    public = b"".join(f"{each.name}\x1f{each.value}\n".encode() for each in sources)
    return hashlib.sha256(_TAG_DRAW + root + secret + public).digest()


def first_ranks(leaves: Iterable[bytes], seed: bytes, limit: int) -> list[bytes]:
    """The leaves with the `limit` smallest keys, rank 1 first."""
    keyed = ((hmac.digest(seed, leaf, "sha256"), leaf) for leaf in leaves)
    return [leaf for _key, leaf in heapq.nsmallest(limit, keyed)]


def day_key(secret: bytes, day: str) -> bytes:
    """The key of a day's instant prizes; its commitment is published before the day, itself after it."""
    return hmac.digest(secret, _TAG_DAY + day.encode(), "sha256")


def is_instant_win(key: bytes, leaf: bytes, odds: int) -> bool:
    """True for one chance in `odds`; raises ValueError for odds below 1."""
    if odds < 1:
        raise ValueError("odds are one in a whole number")
    return int.from_bytes(hmac.digest(key, leaf, "sha256")[:8], "big") * odds < 1 << 64


def _rows(row: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    """Every row of the tree from the lowest to the root; a last node without a neighbour goes up as it is."""
    yield row
    while len(row) > 1:
        paired = [hashlib.sha256(_NODE + row[i] + row[i + 1]).digest() for i in range(0, len(row) - 1, 2)]
        row = [*paired, row[-1]] if len(row) % 2 else paired
        yield row
