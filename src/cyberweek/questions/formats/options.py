"""Options with letters before them: taking letters off, splitting a line at them, and keeping false ones from being read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cyberweek.questions.draft import LETTERS
from cyberweek.questions.formats.spelling import narrow

GUARD = "\u2060"  # joins words and is never seen; no tidied text holds one, so writers may put it before a false mark
LETTERED = re.compile(r"\s*[(（【\[]?([A-Ta-tＡ-Ｔａ-ｔ])(?:[)）】\]]|\s*[.．、:：)）])\s*(.*)", re.DOTALL)
INNER = re.compile(r"[\s;；]([(（]?[B-TＢ-Ｔb-tｂ-ｔ][)）]?\s*[.．、:：)）])")
_BETWEEN = re.compile(r"\n|[|｜;；]")


def split(text: str, first: int = 0) -> list[str]:
    """The options that stand on one line in the order of their letters; the first one's letter is already off."""
    options: list[str] = []
    start = 0
    for found in INNER.finditer(text):
        letter = narrow(found[1]).strip("(").upper()[:1]
        place = first + len(options) + 1
        if place < len(LETTERS) and letter == LETTERS[place]:
            options.append(text[start : found.start()])
            start = found.end()
    return [*options, text[start:]]


def in_cell(text: str) -> list[str]:
    """The options of a cell that holds all of them, with letters or kept apart by lines, bars or semicolons."""
    found = LETTERED.fullmatch(text)
    if found and narrow(found[1]).upper() == "A":
        return split(found[2])
    return [each for each in _BETWEEN.split(text) if each.strip()]


def are_lettered(options: Sequence[str]) -> bool:
    """True when every option begins with its own letter."""
    found = [LETTERED.fullmatch(each) for each in options]
    return bool(found) and all(
        each and narrow(each[1]).upper() == letter for letter, each in zip(LETTERS, found, strict=False)
    )


def bare(options: Sequence[str]) -> list[str]:
    """Options without their letters, when all have them; without empty ones at the end."""
    kept = list(options)
    while kept and not kept[-1].strip():
        kept.pop()
    return [_bare(each) for each in kept] if are_lettered(kept) else kept


def guarded(options: Sequence[str]) -> list[str]:
    """Options that `bare` leaves as they are."""
    return [GUARD + each for each in options] if are_lettered(options) else list(options)


def _bare(option: str) -> str:
    found = LETTERED.fullmatch(option)
    return found[2] if found else option
