"""Token buckets."""

from __future__ import annotations

from cyberweek.lane.limits import Buckets, Rate


def test_a_bucket_gives_its_burst_and_refills():
    buckets = Buckets(Rate(burst=2, per_second=1))

    assert [buckets.take("a", 0) for _ in range(3)] == [True, True, False]
    assert [buckets.take("a", 1_000), buckets.take("a", 1_000)] == [True, False]
    assert buckets.take("b", 1_000) is True


def test_memory_is_bounded():
    buckets = Buckets(Rate(burst=1, per_second=1), capacity=10)

    assert all(buckets.take(key, 0) for key in range(100))
    assert len(buckets._levels) <= 10
