"""The one writer, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

import pytest

from cyberweek.ledger import lease
from cyberweek.ledger.fact import Fact
from cyberweek.ledger.journal import Append, Closed, Duplicate, Fenced, Writer
from cyberweek.ledger.verify import Head, first_broken


class BellRung(Fact, frozen=True):
    KIND: ClassVar[str] = "test.bell-rung"

    times: int


def ring(stream: int, step: int, *times: int, **more) -> Append:
    return Append(stream, step, 1_000, [BellRung(each) for each in times], **more)


def rows(house):
    store = house.store()
    try:
        return list(store.read_after(0))
    finally:
        store.close()


def head(house) -> Head:
    store = house.store()
    try:
        return Head(*store.head())
    finally:
        store.close()


def test_append_returns_the_number_of_its_last_row(any_house):
    writer = any_house.writer

    numbers = [writer.append(ring(1, 1, 5)), writer.append(ring(1, 2, 6, 7))]

    assert numbers == [1, 3]
    assert [(row.n, row.stream, row.step, row.part, row.body) for row in rows(any_house)] == [
        (1, 1, 1, 0, b'{"times":5}'),
        (2, 1, 2, 0, b'{"times":6}'),
        (3, 1, 2, 1, b'{"times":7}'),
    ]


def test_append_refuses_a_step_that_is_stored(any_house):
    any_house.writer.append(ring(1, 1, 5))

    with pytest.raises(Duplicate):
        any_house.writer.append(ring(1, 1, 6))

    assert [row.body for row in rows(any_house)] == [b'{"times":5}']


def test_a_duplicate_in_a_batch_spoils_nobody_else(any_house):
    any_house.writer.append(ring(1, 1, 1))
    settled = {}

    def note(results):
        settled.update(results)

    any_house.writer.submit([(ring(stream, 1, stream), token) for token, stream in enumerate([2, 1, 3])], note)
    any_house.writer.close()

    assert [type(settled[token]) for token in range(3)] == [int, Duplicate, int]
    assert [row.stream for row in rows(any_house)] == [1, 2, 3]


def test_an_older_lease_is_fenced(any_house):
    store = any_house.store()
    old = lease.take(store, "lane", "first", 1)
    new = lease.take(store, "lane", "second", 2)
    store.close()

    with pytest.raises(Fenced):
        any_house.writer.append(ring(1, 1, 1, lease=old))
    any_house.writer.append(ring(1, 1, 2, lease=new))

    assert [row.body for row in rows(any_house)] == [b'{"times":2}']


def test_two_writers_keep_one_order_and_one_chain(any_house, new_writer):
    writers: list[Writer] = [new_writer(), new_writer()]
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda i: writers[i % 2].append(ring(i + 1, 1, i)), range(200)))
    for writer in writers:
        writer.close()

    found = rows(any_house)
    assert [row.n for row in found] == list(range(1, 201))
    assert sorted(row.stream for row in found) == list(range(1, 201))
    assert first_broken(found, head(any_house)) is None


def test_a_closed_writer_refuses(any_house, new_writer):
    writer = new_writer()
    writer.close()

    with pytest.raises(Closed):
        writer.append(ring(1, 1, 1))

    assert rows(any_house) == []


@pytest.mark.parametrize(
    "sql", ["UPDATE ledger_fact SET at = 0", "DELETE FROM ledger_fact", "DELETE FROM ledger_fact WHERE n = 1"]
)
def test_the_database_refuses_to_change_facts(any_house, sql):
    any_house.writer.append(ring(1, 1, 1))
    before = rows(any_house)
    store = any_house.store()

    with pytest.raises(Exception, match="never"):
        store.execute(sql)

    store.close()
    assert rows(any_house) == before
