"""A reason makes one letter, and one delivery to each who can be reached."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

import pytest

from cyberweek.messages.models import Delivery, Letter
from cyberweek.messages.services import Note, mark_read, send_again, write
from cyberweek.people.contacts import set_contact
from cyberweek.people.models import Seat
from cyberweek.people.services import end_seat
from tests.factories import people
from tests.factories.units import unit

BOTH = frozenset({"mail", "text"})


@pytest.fixture
def liaison(any_house):
    made = people.staff("liaison", "liaison", of=unit("bureau"))
    set_contact(made, email="li@city.example", phone="13800005678")
    return made


@pytest.fixture
def seat(liaison) -> int:
    return Seat.objects.get().pk


def test_the_same_reason_makes_one_letter_whenever_it_comes_again(any_house, seat):
    notes = [Note("due:1", seat, "到期", by=BOTH), Note("due:2", seat, "到期")]

    news = [write(notes, at=any_house.at + timedelta(days=days)) for days in (0, 1, -400)]

    assert news == [2, 0, 0]
    assert Letter.objects.count() == 2
    assert list(Delivery.objects.order_by("letter__reason", "channel").values_list("letter__reason", "channel")) == [
        ("due:1", "mail"),
        ("due:1", "text"),
        ("due:2", "mail"),
    ]


def test_two_who_write_at_once_write_one(any_house, seat):
    def work() -> None:
        from django.db import connection

        write([Note(f"due:{n}", seat, "到期") for n in range(40)], at=any_house.at)
        connection.close()

    threads = [Thread(target=work) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert (Letter.objects.count(), Delivery.objects.count()) == (40, 40)


def test_who_cannot_be_reached_still_has_the_letter(any_house, liaison, seat):
    set_contact(liaison, email="", phone="")

    write([Note("due:1", seat, "到期", by=BOTH)], at=any_house.at)

    assert (Letter.objects.count(), Delivery.objects.count()) == (1, 0)


def test_who_left_the_seat_gets_nothing_and_who_follows_does(any_house, liaison, seat):
    end_seat(liaison.holdings.get(), at=any_house.at)
    follower = people.staff("follower", "liaison", of=unit("bureau"))
    set_contact(follower, email="zhang@city.example", phone="")

    write([Note("due:1", seat, "到期", by=BOTH)], at=any_house.at)

    assert list(Delivery.objects.values_list("staff__username", "channel")) == [("follower", "mail")]


def test_a_letter_is_read_once(any_house, seat):
    write([Note(f"due:{n}", seat, "到期") for n in range(3)], at=any_house.at)

    assert mark_read([seat], at=any_house.at, letter=Letter.objects.first().pk) == 1
    assert mark_read([seat], at=any_house.at) == 2
    assert mark_read([seat], at=any_house.at) == 0
    assert mark_read([seat + 1], at=any_house.at) == 0


@pytest.mark.parametrize(
    ("standing", "can"),
    [("unsure", True), ("failed", True), ("waiting", False), ("sending", False), ("sent", False)],
)
def test_only_what_is_stuck_is_sent_again(any_house, seat, standing, can):
    write([Note("due:1", seat, "到期")], at=any_house.at)
    Delivery.objects.update(standing=standing)

    assert send_again(Delivery.objects.get().pk) is can
    assert Delivery.objects.get().standing == ("waiting" if can else standing)
