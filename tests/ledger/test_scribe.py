"""The writer whose work is done by a process of its own, on both databases."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import ClassVar

import pytest

from cyberweek.ledger import lease
from cyberweek.ledger.fact import Fact
from cyberweek.ledger.journal import Append, Closed, Duplicate, Fenced
from cyberweek.ledger.scribe import Interrupted, Scribe
from cyberweek.ledger.verify import Head, first_broken


class BellRung(Fact, frozen=True):
    KIND: ClassVar[str] = "test.bell-rung"

    times: int


def ring(stream: int, step: int, *times: int, **more) -> Append:
    return Append(stream, step, 1_000, [BellRung(each) for each in times], **more)


@pytest.fixture
def scribe(any_house) -> Iterator[Scribe]:
    writer = Scribe(any_house.url)
    yield writer
    writer.close()


@pytest.fixture
def rows(any_house) -> Callable[[], list]:
    def read():
        store = any_house.store()
        try:
            return list(store.read_after(0))
        finally:
            store.close()

    return read


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_append_returns_the_number_of_its_last_row(scribe, rows):
    assert [scribe.append(ring(1, 1, 5)), scribe.append(ring(1, 2, 6, 7))] == [1, 3]
    assert [(row.n, row.stream, row.step, row.part, row.body) for row in rows()] == [
        (1, 1, 1, 0, b'{"times":5}'),
        (2, 1, 2, 0, b'{"times":6}'),
        (3, 1, 2, 1, b'{"times":7}'),
    ]


def test_each_is_told_what_became_of_its_append(scribe, rows):
    scribe.append(ring(1, 1, 1))

    results = scribe.append_all([ring(2, 1, 2), ring(1, 1, 9), ring(3, 1, 3)])

    assert [type(each) for each in results] == [int, Duplicate, int]
    assert [(row.stream, row.body) for row in rows()] == [(1, b'{"times":1}'), (2, b'{"times":2}'), (3, b'{"times":3}')]


def test_an_older_lease_is_fenced(any_house, scribe, rows):
    store = any_house.store()
    old, new = lease.take(store, "bells", "a", 1), lease.take(store, "bells", "b", 2)
    store.close()

    results = scribe.append_all([ring(1, 1, 1, lease=old), ring(2, 1, 2, lease=new)])

    assert [type(each) for each in results] == [Fenced, int]
    assert [row.stream for row in rows()] == [2]


def test_many_threads_share_it(scribe, rows):
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda stream: scribe.append(ring(stream, 1, stream)), range(1, 401)))

    assert sorted(numbers) == list(range(1, 401))
    assert sorted(row.stream for row in rows()) == list(range(1, 401))


def test_closing_writes_what_is_queued(any_house, rows):
    writer, settled = Scribe(any_house.url), []
    writer.submit([(ring(stream, 1, 1), stream) for stream in range(1, 1001)], settled.extend)

    writer.close()

    assert [token for token, _result in settled] == list(range(1, 1001))
    assert len(rows()) == 1000
    with pytest.raises(Closed):
        writer.append(ring(2000, 1, 1))


def test_a_killed_process_is_started_again_and_nothing_acknowledged_is_lost(any_house, scribe, rows):
    settled: dict[int, int | Exception] = {}
    sent, stop = iter(range(1, 1_000_000)), threading.Event()

    def submit_without_pause():
        while not stop.is_set():
            batch = [next(sent) for _ in range(5)]
            scribe.submit([(ring(stream, 1, stream), stream) for stream in batch], settled.update)
            time.sleep(0.0005)

    thread = threading.Thread(target=submit_without_pause)
    thread.start()
    for _ in range(8):
        victim = scribe.process_id
        os.kill(victim, signal.SIGKILL)
        until(lambda: scribe.process_id != victim)  # noqa: B023 -- waited for in this very turn
        time.sleep(0.3)
    stop.set()
    thread.join()
    last = next(sent)
    until(lambda: len(settled) == last - 1)

    acknowledged = {token: result for token, result in settled.items() if isinstance(result, int)}
    stored = {row.stream: row.n for row in rows()}
    assert {type(each) for each in settled.values()} == {int, Interrupted}
    assert {token: stored[token] for token in acknowledged} == acknowledged
    assert scribe.append(ring(last, 1, 1)) == max(stored.values()) + 1
    store = any_house.store()
    assert first_broken(store.read_after(0), Head(*store.head())) is None
    store.close()


def test_a_process_that_cannot_come_up_is_told_to_those_who_wait(tmp_path):
    writer = Scribe(str(tmp_path / "no-such-folder" / "ledger.sqlite3"))

    with pytest.raises(Interrupted):
        writer.append(ring(1, 1, 1))
    writer.close()
