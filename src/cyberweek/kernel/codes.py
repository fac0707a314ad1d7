"""Short codes that people read out and type: eight letters and digits, none of which looks like another.

Not a secret by itself: whoever takes codes limits how often somebody may try.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 and O, 1 and I and L
LENGTH = 8
_HALF = LENGTH // 2


class NoCode(Exception):
    """Raised for a text that can be no code, whatever is tried with it."""


def mint_code(below: Callable[[int], int]) -> str:
    """A new code; `below(n)` gives a random number from 0 to n-1."""
    return "".join(LETTERS[below(len(LETTERS))] for _ in range(LENGTH))


def read_code(text: str) -> str:
    """The code that somebody meant: lower case, full width, spaces and dashes are forgiven. Raises NoCode."""
    plain = unicodedata.normalize("NFKC", text).upper()
    code = "".join(each for each in plain if not each.isspace() and unicodedata.category(each) != "Pd")
    if len(code) != LENGTH or any(each not in LETTERS for each in code):
        raise NoCode(text)
    return code


def say_code(code: str) -> str:
    """A code as it is shown: ABCD-EFGH."""
    return f"{code[:_HALF]}-{code[_HALF:]}"
