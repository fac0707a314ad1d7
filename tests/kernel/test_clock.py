"""The system's clock, and that it goes wrong only on purpose."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cyberweek.kernel import clock
from cyberweek.project import serving


@pytest.fixture
def unmoved():
    yield
    clock._moved.clear()


def test_a_moved_clock_is_ahead_by_what_it_is_told(unmoved):
    before, day = clock.system_clock(), clock.this_day()

    clock.move_system_clock(lambda: timedelta(days=3))

    assert timedelta(days=3) <= clock.system_clock() - before < timedelta(days=3, seconds=5)
    assert (clock.this_day() - day).days in (3, 4)


def test_a_house_that_is_no_demo_refuses_a_moved_clock(unmoved, tmp_path, monkeypatch):
    monkeypatch.setenv("CYBERWEEK_REHEARSAL", str(tmp_path))
    monkeypatch.delenv("CYBERWEEK_DEMO", raising=False)

    with pytest.raises(serving.NotADemo):
        serving.provide()

    assert clock._moved == []
    assert list(tmp_path.iterdir()) == []
