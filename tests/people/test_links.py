"""A one-time link lets one person in, once, in time; and its table gives none away."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from itertools import count

import pytest

from cyberweek.people.vault import Vault
from tests.factories import people

VAULT = Vault("only for tests", os.urandom)


@pytest.fixture
def token() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"token-{next(numbers)}"


def test_a_link_lets_its_person_in(any_house, token):
    from cyberweek.people import links

    somebody = people.staff("somebody")
    given = links.give(somebody, links.ENTER, vault=VAULT, at=any_house.at, token=token)

    link = links.find(given, links.ENTER, vault=VAULT, at=any_house.at)

    assert links.use(link, at=any_house.at) == somebody


def test_a_link_works_once_also_for_two_at_the_same_moment(any_house, token):
    from cyberweek.people import links

    given = links.give(people.staff("somebody"), links.ENTER, vault=VAULT, at=any_house.at, token=token)
    both = [links.find(given, links.ENTER, vault=VAULT, at=any_house.at) for _ in range(2)]
    links.use(both[0], at=any_house.at)

    with pytest.raises(links.UsedLink):
        links.use(both[1], at=any_house.at)
    with pytest.raises(links.UsedLink):
        links.find(given, links.ENTER, vault=VAULT, at=any_house.at)


@pytest.mark.parametrize(("purpose", "hours"), [("enter", 7 * 24), ("recover", 24)])
def test_a_link_expires(house, token, purpose, hours):
    from cyberweek.people import links

    given = links.give(people.staff("somebody"), purpose, vault=VAULT, at=house.at, token=token)
    last = house.at + timedelta(hours=hours) - timedelta(seconds=1)

    assert links.find(given, purpose, vault=VAULT, at=last).staff.username == "somebody"
    with pytest.raises(links.ExpiredLink):
        links.find(given, purpose, vault=VAULT, at=last + timedelta(seconds=1))


def test_a_new_link_ends_the_one_before_and_no_other(house, token):
    from cyberweek.people import links
    from cyberweek.people.models import OneTimeLink

    somebody, other = people.staff("somebody"), people.staff("other")
    old = links.give(somebody, links.ENTER, vault=VAULT, at=house.at, token=token)
    kept = [links.give(each, links.ENTER, vault=VAULT, at=house.at, token=token) for each in (other, somebody)]

    with pytest.raises(links.UnknownLink):
        links.find(old, links.ENTER, vault=VAULT, at=house.at)
    assert [links.find(each, links.ENTER, vault=VAULT, at=house.at).staff for each in kept] == [other, somebody]
    assert OneTimeLink.objects.count() == 2


def test_a_link_is_good_for_its_purpose_only(house, token):
    from cyberweek.people import links

    given = links.give(people.staff("somebody"), links.ENTER, vault=VAULT, at=house.at, token=token)

    with pytest.raises(links.UnknownLink):
        links.find(given, links.RECOVER, vault=VAULT, at=house.at)


def test_a_link_of_a_closed_account_lets_nobody_in(house, token):
    from cyberweek.people import links, services

    somebody = people.staff("somebody")
    given = links.give(somebody, links.ENTER, vault=VAULT, at=house.at, token=token)
    services.close_account(somebody, at=house.at)

    with pytest.raises(links.UnknownLink):
        links.find(given, links.ENTER, vault=VAULT, at=house.at)


def test_the_table_gives_no_link_away(house, token):
    from cyberweek.people import links
    from cyberweek.people.models import OneTimeLink

    given = links.give(people.staff("somebody"), links.ENTER, vault=VAULT, at=house.at, token=token)

    assert given not in str(OneTimeLink.objects.values().get())
