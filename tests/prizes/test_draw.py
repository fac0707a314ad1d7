"""The arithmetic of the draw."""

from __future__ import annotations

import hashlib
import random

from hypothesis import given
from hypothesis import strategies as st

from cyberweek.prizes.draw import (
    Source,
    day_key,
    first_ranks,
    is_instant_win,
    nodes,
    path_of,
    root_by_path,
    root_of,
    seed_of,
)
from tests.prizes.examples import SECRET, chances

NODE = st.binary(min_size=32, max_size=32)


def test_the_tree_is_that_of_rfc_9162():
    """The known root of the RFC's predecessor over seven inputs, built here by its recursive definition."""
    inputs = [b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43", b"\x50\x51\x52\x53\x54\x55\x56\x57"]

    assert root_of(nodes(inputs)) == by_definition([hashlib.sha256(b"\x00" + each).digest() for each in inputs])
    assert root_of(nodes(inputs[:3])).hex() == "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"


def by_definition(row: list[bytes]) -> bytes:
    if len(row) == 1:
        return row[0]
    split = 1
    while split * 2 < len(row):
        split *= 2
    return hashlib.sha256(b"\x01" + by_definition(row[:split]) + by_definition(row[split:])).digest()


@given(st.lists(NODE, min_size=1, max_size=70))
def test_every_node_leads_to_the_root(row):
    root = root_of(row)

    assert root == by_definition(row)
    assert all(root_by_path(row[i], i, len(row), path_of(row, i)) == root for i in range(len(row)))


@given(st.lists(NODE, min_size=1, max_size=40, unique=True), st.data())
def test_no_other_node_path_or_place_leads_there(row, data):
    index = data.draw(st.integers(0, len(row) - 1))
    path = path_of(row, index)
    other = data.draw(NODE.filter(lambda each: each != row[index]))

    assert root_by_path(other, index, len(row), path) != root_of(row)
    assert root_by_path(row[index], index, len(row), [*path, other]) != root_of(row)
    if path:
        assert root_by_path(row[index], index, len(row), path[:-1]) != root_of(row)


def test_a_mark_changes_the_root():
    leaves = chances(5)

    assert len({root_of(nodes(leaves)), root_of(nodes(leaves, {leaves[2]: "scripted"}))}) == 2


def test_the_seed_needs_all_of_its_parts():
    root, sources = root_of(nodes(chances(5))), [Source("a", "1"), Source("b", "2")]
    seeds = {
        seed_of(root, SECRET, sources),
        seed_of(root[::-1], SECRET, sources),
        seed_of(root, SECRET[:-1] + b"x", sources),
        seed_of(root, SECRET, [Source("a", "1"), Source("b", "3")]),
        seed_of(root, SECRET, [Source("a", "1")]),
        seed_of(root, SECRET, sources[::-1]),
    }

    assert len(seeds) == 6


@given(st.randoms(use_true_random=False))
def test_ranks_depend_on_no_order(dice: random.Random):
    leaves, seed = chances(30), SECRET
    shuffled = leaves[:]
    dice.shuffle(shuffled)

    assert first_ranks(shuffled, seed, 12) == first_ranks(leaves, seed, 30)[:12]


def test_every_chance_is_as_likely_to_be_first():
    """χ² over 10,000 draws among 20 chances: 19 degrees of freedom, p > 0.01 below 36.19."""
    leaves, draws = chances(20), 10_000
    first = [first_ranks(leaves, hashlib.sha256(b"%d" % n).digest(), 1)[0] for n in range(draws)]
    expected = draws / len(leaves)

    assert sum((first.count(leaf) - expected) ** 2 / expected for leaf in leaves) < 36.19


def test_instant_prizes_come_at_their_odds():
    leaves, key = chances(20_000), day_key(SECRET, "2026-11-24")
    wins = sum(is_instant_win(key, leaf, 50) for leaf in leaves)

    assert abs(wins - 400) < 4 * (400 * 0.98) ** 0.5
    assert all(is_instant_win(key, leaf, 1) for leaf in leaves[:100])
    assert day_key(SECRET, "2026-11-25") != key
