"""How alike two names are: by the words that are left when the usual words of such weeks are taken out."""

from __future__ import annotations

import re

_USUAL = re.compile(
    r"网络安全|网络|活动|宣传周|宣传教育|宣传|组织|开展|举办|制作|征集|[“”《》（）()、，。；：\s\d]|工作|牵头|负责|承办|全市|全省|优质"
)


def grams(text: str) -> set[str]:
    """The pairs of signs of a text without its usual words."""
    bare = _USUAL.sub(" ", text)
    return {word[at : at + 2] for word in bare.split() for at in range(len(word) - 1)}


def likeness(one: str, other: str) -> float:
    """0–1: the share of the shorter name's pairs that the other has too."""
    left, right = grams(one), grams(other)
    return len(left & right) / min(len(left), len(right)) if left and right else 0.0


def speaks_of(text: str, name: str) -> bool:
    """Whether a text is about the thing of that name."""
    return name in text or (bool(grams(name)) and likeness(name, text) >= 0.6)
