"""An official act and the change it is about stand or fall together."""

from __future__ import annotations

import pytest

from cyberweek.ledger.models import Outgoing
from cyberweek.ledger.outbox import OutsideTransaction
from cyberweek.ledger.queries import official_acts
from cyberweek.people import acts, services
from cyberweek.people.acts import Acting
from cyberweek.people.facts import SeatEnded
from cyberweek.people.models import Holding
from tests.factories import people
from tests.factories.units import unit


@pytest.fixture
def by(house) -> Acting:
    system = people.staff("system", "system")
    return Acting(system, system.holdings.get().seat, house.writer)


def kinds() -> list[str]:
    return [row.kind for row in reversed(official_acts(before=None, limit=20))]


def test_a_change_that_fails_leaves_no_act(by, house):
    somebody = people.staff("somebody")

    def fail_after_giving() -> None:
        with acts.recorded(by):
            services.give_seat(somebody, unit=unit("bureau"), role="duty", at=house.at, by=by)
            raise services.KeptApart

    with pytest.raises(services.KeptApart):
        fail_after_giving()

    assert (Holding.objects.filter(staff=somebody).count(), Outgoing.objects.count(), kinds()) == (0, 0, [])


def test_acts_within_an_act_are_appended_once_it_has_committed(by, house):
    with acts.recorded(by):
        holding = services.give_seat(people.staff("one"), unit=unit("bureau"), role="duty", at=house.at, by=by)
        services.end_seat(holding, at=house.at, by=by)
        assert kinds() == []

    assert (kinds(), Outgoing.objects.count()) == (["seat.given", "seat.ended"], 0)


def test_there_is_no_act_without_a_change(by, house):
    with pytest.raises(OutsideTransaction):
        acts.put(SeatEnded(1), by, house.at)

    assert kinds() == []


def test_every_act_names_the_seat_and_nobody(by, house):
    somebody = people.staff("zhang-san")
    services.close_account(somebody, at=house.at, by=by)

    row = official_acts(before=None, limit=1)[0]

    assert (row.kind, -row.actor, row.body) == ("staff.closed", by.seat.pk, b'{"seats":0}')
