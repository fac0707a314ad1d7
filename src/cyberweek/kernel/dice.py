"""Fair choices that anyone can repeat: a stream of integers from a seed, the same in every Python."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")
_WORDS = struct.Struct(">16I")


class Dice:
    """Draws from BLAKE2b(seed, counter). Integers are unbiased: values past the last full range are thrown away."""

    def __init__(self, *seed: object) -> None:
        self._key = hashlib.blake2b("\x1f".join(map(str, seed)).encode(), digest_size=32).digest()
        self._words: list[int] = []
        self._counter = 0

    def below(self, bound: int) -> int:
        """Return an integer from 0 to bound-1; bound is at least 1 and at most 2^32."""
        limit = (1 << 32) - (1 << 32) % bound
        words = self._words
        while True:
            if not words:
                self._roll()
            word = words.pop()
            if word < limit:
                return word % bound

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """Choose `count` different items in random order; raises ValueError when there are too few."""
        if count > len(items):
            raise ValueError(f"cannot choose {count} of {len(items)}")
        pool = list(items)
        for i in range(count):
            j = i + self.below(len(pool) - i)
            pool[i], pool[j] = pool[j], pool[i]
        return pool[:count]

    def _roll(self) -> None:
        """Make the next words; they are taken from the end of the list, first word first."""
        block = hashlib.blake2b(self._counter.to_bytes(8, "big"), key=self._key, digest_size=64).digest()
        self._counter += 1
        self._words.extend(reversed(_WORDS.unpack(block)))
