"""What is spent once."""

from __future__ import annotations

from cyberweek.lane.once import Once


def test_a_key_is_taken_once_while_it_lives():
    once = Once(1_000)

    assert [once.take("a", 0), once.take("a", 1_000), once.take("b", 1_000)] == [True, False, True]
    assert [once.has("a"), once.has("c")] == [True, False]


def test_what_has_died_is_forgotten():
    once = Once(1_000)
    for at in range(0, 100_000, 10):
        once.take(at, at)

    assert len(once._taken) == len(once._order) == 101
