"""What a beginning costs, by how many begin."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cyberweek.lane.pressure import HOUR, MINUTE, Pressure, Thresholds, looks_odd

FEW = Thresholds(begun_a_minute=(30, 60, 90), newcomers_an_hour=(2, 4, 6), begun_a_day=(3, 6, 9))


def level(pressure: Pressure, *, network: int = 1, participant: int = 99, odd: bool = False, at: int = 0) -> int:
    return pressure.level(network=network, participant=participant, looks_odd=odd, at=at)


def newcomers(pressure: Pressure, count: int, *, network: int = 1, at: int = 0) -> None:
    for participant in range(count):
        pressure.note(network=network, participant=participant, is_new=True, at=at)


def test_a_calm_day_costs_nothing_and_oddness_a_little():
    assert [level(Pressure(FEW)), level(Pressure(FEW), odd=True)] == [0, 1]


def test_newcomers_raise_the_work_of_their_network_for_their_hour():
    pressure, levels = Pressure(FEW), []
    for count in (2, 4, 6, 12):
        newcomers(pressure, count)
        levels.append(level(pressure))

    assert levels == [1, 2, 3, 3]
    assert [level(pressure, network=2), level(pressure, at=HOUR)] == [0, 0]


def test_a_newcomer_counts_once_a_day():
    pressure = Pressure(FEW)
    for _paper in range(2):
        pressure.note(network=1, participant=7, is_new=True, at=0)

    assert level(pressure) == 0


def test_a_school_that_comes_back_costs_nothing():
    pressure = Pressure()
    for participant in range(2_000):
        pressure.note(network=1, participant=participant, is_new=False, at=participant * 1_000)

    assert level(pressure, at=2_000_000) == 0


def test_one_device_that_begins_on_and_on_works_more_and_more():
    pressure = Pressure(FEW)
    for _paper in range(6):
        pressure.note(network=1, participant=7, is_new=False, at=0)

    assert [level(pressure, participant=7), level(pressure, participant=8)] == [2, 0]


def test_a_rush_costs_everybody_for_its_minute():
    pressure = Pressure(FEW)
    for participant in range(60):
        pressure.note(network=participant, participant=participant, is_new=False, at=0)

    assert [level(pressure, network=77), level(pressure, network=77, at=MINUTE)] == [2, 0]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 3 * HOUR)), max_size=200))
def test_memory_is_bounded_and_the_level_within_its_bounds(begun):
    pressure = Pressure(FEW, capacity=20)
    for participant, at in begun:
        pressure.note(network=participant, participant=participant, is_new=True, at=at)

        assert 0 <= level(pressure, participant=participant, at=at, odd=True) <= 3
    assert max(len(pressure._begun), len(pressure._newcomers)) <= 20


def test_who_says_nothing_of_itself_looks_odd():
    browser = {b"user-agent": b"A browser", b"accept-language": b"zh-CN"}

    assert [looks_odd(browser), looks_odd({b"user-agent": b"A script"}), looks_odd({})] == [False, True, True]
