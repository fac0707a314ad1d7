"""The rounds go on whatever a room does, and end when the server does."""

from __future__ import annotations

import threading

import pytest

from cyberweek.component import ports
from cyberweek.project.rounds import Rounds, once


@pytest.fixture
def offers(monkeypatch, house):
    port = ports.Port()
    monkeypatch.setattr(ports, "rounds", port)
    return port


def test_one_rooms_trouble_is_no_other_rooms(offers, house, caplog):
    went = []

    def breaks(_at) -> None:
        raise RuntimeError("a disk is full")

    offers.offer(breaks)
    offers.offer(went.append)

    assert once(lambda: house.at) == 1
    assert went == [house.at]
    assert "breaks failed on its round" in caplog.text


def test_rounds_go_until_they_are_stopped(offers, house):
    twice = threading.Semaphore(0)
    offers.offer(lambda _at: twice.release())
    rounds = Rounds(lambda: house.at, every_s=0.01, first_s=0)

    rounds.start()
    assert twice.acquire(timeout=5)
    assert twice.acquire(timeout=5)
    rounds.stop()

    assert not [each for each in threading.enumerate() if each.name == "rounds"]


def test_rounds_that_never_began_are_stopped_as_well(offers, house):
    Rounds(lambda: house.at).stop()


def test_the_house_offers_letters_before_the_post_that_carries_them(house):
    assert [each.__name__ for each in ports.rounds][:2] == ["write_letters", "carry"]
