"""The agenda: nobody is woken early, moments come in their order, and the clock stands for nobody who is busy."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cyberweek.rehearsal.agenda import WITHIN, Agenda
from cyberweek.rehearsal.moved_clock import MovedClock

START = datetime(2027, 9, 13, 1, tzinfo=UTC)


def alone(work: Coroutine[Any, Any, None]) -> None:
    """Run on a loop in a thread of its own: a browser of another test may keep one in this thread."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, work).result()


@pytest.fixture(scope="module")
def clock(tmp_path_factory) -> MovedClock:
    return MovedClock(tmp_path_factory.mktemp("agenda") / "clock")


@given(st.lists(st.integers(0, 14 * 24 * 3600), min_size=1, max_size=60))
@settings(deadline=None, max_examples=30)
def test_everybody_is_woken_in_order_and_never_early(clock, offsets):
    woken: list[tuple[int, datetime]] = []

    async def somebody(agenda: Agenda, offset: int) -> None:
        await agenda.until(START + timedelta(seconds=offset))
        woken.append((offset, agenda.now()))

    async def play() -> None:
        clock.move_to(START)
        agenda = Agenda(clock)
        for offset in offsets:
            agenda.spawn(somebody(agenda, offset))
        await agenda.run()

    alone(play())

    assert [offset for offset, _at in woken] == sorted(offsets)
    delays = [at - (START + timedelta(seconds=offset)) for offset, at in woken]
    assert min(delays) >= -timedelta(milliseconds=1)
    assert max(delays) < WITHIN + timedelta(seconds=5)


def test_the_clock_goes_on_at_real_speed_while_somebody_is_busy(clock):
    seen: list[timedelta] = []

    async def busy(agenda: Agenda) -> None:
        begun = agenda.now()
        await asyncio.sleep(0.2)
        seen.append(agenda.now() - begun)

    async def waits(agenda: Agenda) -> None:
        await agenda.until(START + timedelta(days=7))
        seen.append(agenda.now() - START)

    async def play() -> None:
        clock.move_to(START)
        agenda = Agenda(clock)
        agenda.spawn(busy(agenda))
        agenda.spawn(waits(agenda))
        await agenda.run()

    alone(play())

    assert seen[0] < timedelta(seconds=5)
    assert timedelta(days=7) <= seen[1] + timedelta(milliseconds=1) < timedelta(days=7, seconds=5)


def test_what_somebody_raises_ends_the_rehearsal(clock):
    async def falls() -> None:
        raise LookupError("fell")

    async def play() -> None:
        agenda = Agenda(clock)
        agenda.spawn(falls())
        await agenda.run()

    with pytest.raises(LookupError, match="fell"):
        alone(play())


def test_another_process_reads_the_moment_that_was_written(tmp_path):
    MovedClock(tmp_path / "clock").move_to(START)

    again = MovedClock(tmp_path / "clock")

    assert abs(again() - START) < timedelta(seconds=5)
