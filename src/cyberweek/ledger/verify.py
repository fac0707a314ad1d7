"""Check the chain and name the first row that is not as it was written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from cyberweek.ledger.fact import GENESIS, Row, link


class Broken(NamedTuple):
    """The first row where the chain fails, and how: changed, added or removed."""

    n: int
    how: str


class Head(NamedTuple):
    """Where a chain stood: kept in every edition and backup, so that a cut-off end is found too."""

    n: int
    digest: bytes


def first_broken(rows: Iterable[Row], head: Head, kept: Iterable[Head] = ()) -> Broken | None:
    """Walk the rows in order; None means every row, the stored head and every kept head agree."""
    expected = {each.n: each.digest for each in kept}
    digest, last = GENESIS, 0
    for row in rows:
        if row.n != last + 1:
            return Broken(last + 1, "removed")
        if row.n > head.n:
            return Broken(row.n, "added")
        digest = link(digest, row)
        if row.digest != digest or expected.pop(row.n, digest) != digest:
            return Broken(row.n, "changed")
        last = row.n
    if last < max([head.n, *expected]):
        return Broken(last + 1, "removed")
    return None if digest == head.digest else Broken(last, "changed")
