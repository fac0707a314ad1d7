"""What an official document consists of. Numbers of headings are given by the writers, never typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1 一、 2 （一） 3 1. 4 （1）."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """Columns are (title, width in mm)."""

    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Annex:
    """Begins on a page of its own."""

    title: str
    table: Table


@dataclass(frozen=True, slots=True)
class Document:
    """`signed_by` and `date` close the text; `mark` stands above the title, as 送审稿 does."""

    title: str
    recipient: str
    blocks: tuple[Heading | Paragraph, ...]
    signed_by: str
    date: str
    mark: str = ""
    annexes: tuple[Annex, ...] = ()


def numbered(blocks: tuple[Heading | Paragraph, ...]) -> Iterator[tuple[Heading | Paragraph, str]]:
    """Each block with the number that stands before it ('' for a paragraph)."""
    counts = [0, 0, 0, 0]
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block, ""
            continue
        counts[block.level - 1] += 1
        counts[block.level :] = [0] * (4 - block.level)
        yield block, _number(block.level, counts[block.level - 1])


def chinese(number: int) -> str:
    """一 … 九百九十九."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    said = f"{NUMERALS[hundreds]}百" if hundreds else ""
    if tens:
        said += f"{'' if tens == 1 and not hundreds else NUMERALS[tens]}十"
    elif hundreds and ones:
        said += "零"
    return said + (NUMERALS[ones] if ones or not number else "")


def _number(level: int, count: int) -> str:
    return (f"{chinese(count)}、", f"（{chinese(count)}）", f"{count}.", f"（{count}）")[level - 1]
