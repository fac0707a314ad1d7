"""Who held a seat, and when."""

from __future__ import annotations

from datetime import timedelta


def test_whoever_held_a_seat_at_a_moment_is_found_in_one_query(house):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from cyberweek.people.models import Holding, Seat, Staff
    from cyberweek.people.queries import who_held
    from cyberweek.units.models import Unit

    unit = Unit.objects.create(code="office", kind="department", name_zh="网信办")
    seat = Seat.objects.create(unit=unit, role="organiser", number=1)
    first, second = (Staff.objects.create_user(name) for name in ("first", "second"))
    hour = timedelta(hours=1)
    Holding.objects.create(seat=seat, staff=first, since=house.at, until=house.at + hour)
    Holding.objects.create(seat=seat, staff=second, since=house.at + hour)
    moments = {(seat.pk, house.at - hour), (seat.pk, house.at), (seat.pk, house.at + hour), (99, house.at)}

    with CaptureQueriesContext(connection) as captured:
        found = who_held(moments)

    assert found == {
        (seat.pk, house.at - hour): set(),
        (seat.pk, house.at): {first.pk},
        (seat.pk, house.at + hour): {second.pk},
        (99, house.at): set(),
    }
    assert len(captured) == 1
