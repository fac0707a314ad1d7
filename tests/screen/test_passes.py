"""A pass opens the wall for a display until it is over or taken back; the table alone opens nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cyberweek.screen import passes
from cyberweek.screen.models import WallPass

AT = datetime(2026, 11, 24, 4, tzinfo=UTC)


def given(at: datetime = AT) -> str:
    return passes.give("东墙", seat=3, at=at, randomness=bytes)


def test_a_pass_opens_until_its_day(house):
    token = given()

    assert [passes.opens(token, at=AT + each) for each in (timedelta(), timedelta(days=30))] == [True, False]


def test_nothing_in_the_table_opens_the_wall(house):
    given()
    row = WallPass.objects.get()

    assert [passes.opens(each, at=AT) for each in ("", row.mark, "0" * 64)] == [False, False, True]
    assert row.mark != "0" * 64


def test_a_pass_that_is_taken_back_opens_no_more(house):
    token = given()
    passes.take_back(WallPass.objects.get().pk)
    passes.take_back(1)

    assert passes.opens(token, at=AT) is False


def test_when_a_display_asked_is_kept_to_five_minutes(house):
    token = given()
    seen = []
    for minutes in (0, 4, 6):
        passes.opens(token, at=AT + timedelta(minutes=minutes))
        seen.append(WallPass.objects.get().seen_at - AT)

    assert seen == [timedelta(0), timedelta(0), timedelta(minutes=6)]


def test_passes_that_are_over_leave_with_the_next_one(house):
    given()
    passes.give("西墙", seat=3, at=AT + timedelta(days=31), randomness=lambda size: b"\x01" * size)

    assert [each.name for each in WallPass.objects.all()] == ["西墙"]
