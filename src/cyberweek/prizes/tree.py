"""The frozen list in blocks: a block is a subtree of its own, so a path is a path in its block and one above. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from cyberweek.prizes.draw import nodes, path_of, root_of

SIZE = 1 << 10  # leaves; a power of two, so that blocks are whole subtrees


class Block(NamedTuple):
    """Neighbouring leaves of the list, the reasons of those excluded, and the root of their subtree."""

    leaves: list[bytes]
    marks: dict[bytes, str]
    root: bytes


class Place(NamedTuple):
    """Where a chance stands in the list, and the neighbours that tie it to the root."""

    number: int
    mark: str
    path: list[bytes]


def blocks(leaves: Sequence[bytes], excluded: Mapping[bytes, str]) -> Iterator[Block]:
    """Cut a sorted list into blocks."""
    for at in range(0, len(leaves), SIZE):
        part = list(leaves[at : at + SIZE])
        marks = {leaf: excluded[leaf] for leaf in part if leaf in excluded} if excluded else {}
        yield Block(part, marks, root_of(nodes(part, marks)))


def place(block: Block, number: int, roots: Sequence[bytes], leaf: bytes) -> Place | None:
    """The place of a leaf in the block with this number among all blocks' roots; None when it is not there."""
    if leaf not in block.leaves:
        return None
    index = block.leaves.index(leaf)
    path = path_of(nodes(block.leaves, block.marks), index) + path_of(roots, number)
    return Place(number * SIZE + index, block.marks.get(leaf, ""), path)


def split(joined: bytes) -> list[bytes]:
    """Leaves written one after another."""
    return [joined[at : at + 32] for at in range(0, len(joined), 32)]
