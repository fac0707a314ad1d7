"""From the frozen sheet to the published pack, on both databases."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError

from cyberweek.ledger import queries as ledger
from cyberweek.prizes import queries, receipt, verify_draw
from cyberweek.prizes.draw import commitment, day_key
from cyberweek.prizes.models import Block, Published, Ranked, SourceValue
from cyberweek.prizes.services import draws, sheets
from cyberweek.prizes.services.draws import Disagreement, Done, SamePerson, TooEarly
from cyberweek.prizes.sheet import Instant
from tests.prizes.examples import prize


def test_a_whole_draw_is_found_right_by_the_independent_program(any_drawing):
    drawn = any_drawing.run(300)

    chances, marks, ranked, digest, _pack = verify_draw.check(bytes(drawn.pack.body))

    assert (len(chances), marks, len(ranked), digest) == (300, {}, 17, drawn.pack.digest)
    assert any_drawing.facts("draw.") == [
        "draw.sheet-frozen", "draw.list-frozen", "draw.source-recorded", "draw.source-confirmed",
        "draw.source-recorded", "draw.source-confirmed", "draw.held",
    ]  # fmt: skip


def test_the_sheet_commits_to_the_secret_before_anybody_has_a_chance(drawing):
    assert drawing.sheet.commitment == commitment(queries.secret_of(drawing.draw, drawing.means.vault))
    assert bytes(drawing.draw.secret).count(queries.secret_of(drawing.draw, drawing.means.vault)) == 0


def test_a_frozen_sheet_is_never_changed(any_drawing):
    with pytest.raises(sheets.Frozen):
        sheets.save(any_drawing.activity, {})
    with pytest.raises(sheets.Frozen):
        sheets.drop(any_drawing.activity)
    again = sheets.freeze(
        any_drawing.activity, seat=1, at=any_drawing.house.at, vault=any_drawing.means.vault, randomness=os.urandom
    )
    with pytest.raises(DatabaseError):
        Published.objects.filter(kind="sheet").update(body=b"{}")

    assert again.sheet_id == any_drawing.draw.sheet_id
    assert any_drawing.facts("draw.") == ["draw.sheet-frozen"]


def test_every_participant_finds_the_own_chances_with_a_receipt_that_leads_to_the_root(drawing):
    drawing.earn(range(1, 2_501))
    drawing.earn(range(1, 3), day="2026-11-25")
    drawing.close_list()
    root = bytes.fromhex(queries.frozen_of(drawing.draw).root)

    assert (queries.frozen_of(drawing.draw).count, Block.objects.count()) == (2_502, 3)
    assert [each.day for each in drawing.chances(1)] == ["2026-11-24", "2026-11-25"]
    assert drawing.chances(9_999) == []
    for participant in (1, 2, 3, 1_000, 2_500):
        for chance in drawing.chances(participant):
            made = queries.receipt_of(drawing.draw, chance)
            assert receipt.is_in(made, root)
            assert queries.chance_in(drawing.draw, drawing.sheet, made, drawing.means.vault).leaf == chance.leaf


def test_an_excluded_participant_stays_in_the_list_with_the_reason_and_draws_nothing(drawing):
    drawn = drawing.run(12, excluded={3: "scripted"})
    (chance,) = drawing.chances(3)
    place = chance.place

    assert (queries.frozen_of(drawn).count, queries.frozen_of(drawn).excluded, place.mark) == (12, 1, "scripted")
    assert (chance.ranked, Ranked.objects.count()) == (None, 11)
    assert verify_draw.check(bytes(drawn.pack.body))[1] == {chance.leaf: "scripted"}


def test_the_list_closes_once_after_its_time_and_when_all_is_counted(drawing):
    drawing.earn(range(1, 4))
    early = datetime.fromisoformat("2026-11-30T01:29:59+08:00")
    with pytest.raises(TooEarly):
        draws.freeze_list(drawing.draw, {}, writer=drawing.house.writer, seat=1, at=early)
    drawing.close_list()
    with pytest.raises(Done):
        drawing.close_list()

    assert drawing.facts("draw.list") == ["draw.list-frozen"]
    assert ledger.head().n == 5


def test_nothing_is_closed_while_facts_are_uncounted(drawing):
    from cyberweek.component.facts import ChanceEarned
    from cyberweek.ledger.journal import Append

    drawing.house.count()
    drawing.house.writer.append(Append(99, 1, 1_000, [ChanceEarned("2026-11-24")], drawing.activity.pk, actor=5))

    with pytest.raises(TooEarly, match="counting"):
        drawing.close_list(count=False)
    assert drawing.facts("draw.list") == []


def test_a_source_counts_only_when_two_officers_read_the_same(drawing):
    name = drawing.sheet.sources[0]
    with pytest.raises(TooEarly):
        drawing.record(name, "1")
    drawing.close_list()
    drawing.record(name, " 03  07 12 ")
    with pytest.raises(SamePerson):
        drawing.record(name, "03 07 12")
    with pytest.raises(Disagreement):
        drawing.record(name, "03 07 13", officer=1)
    with pytest.raises(KeyError):
        drawing.record("another source", "1")
    assert queries.confirmed_sources(drawing.draw, drawing.sheet) is None
    drawing.record(name, "03 07 12", officer=1)
    with pytest.raises(Done):
        drawing.record(name, "03 07 12", officer=1)

    assert SourceValue.objects.get().value == "03 07 12"
    assert drawing.facts("draw.source") == ["draw.source-recorded", "draw.source-confirmed"]


def test_one_person_in_two_seats_is_still_one_person(drawing):
    from cyberweek.people.models import Seat
    from cyberweek.people.services import give_seat
    from cyberweek.units.models import Unit

    staff = drawing.officers[0].holdings.get().staff
    unit = Unit.objects.create(code="second", name_zh="另一单位", kind=Unit.Kind.OFFICE)
    other_seat = give_seat(staff, unit=unit, role=Seat.Role.ORGANISER, at=drawing.house.at).seat
    drawing.close_list()
    drawing.record(drawing.sheet.sources[0], "1")
    drawing.officers.append(other_seat)

    with pytest.raises(SamePerson):
        drawing.record(drawing.sheet.sources[0], "1", officer=2)


def test_whoever_held_the_first_officers_seat_is_not_a_second_person(drawing):
    """The first officer records, hands the seat over, and comes back in another."""
    from cyberweek.people.models import Seat
    from cyberweek.people.services import add_staff, give_seat
    from cyberweek.units.models import Unit

    first_seat = drawing.officers[0]
    first, second_unit = (
        first_seat.holdings.get().staff,
        Unit.objects.create(code="second", name_zh="另一单位", kind="office"),
    )
    drawing.close_list()
    drawing.record(drawing.sheet.sources[0], "1")
    first_seat.holdings.update(until=drawing.after_closing)
    successor = add_staff("successor", name="", password="a long password for tests")
    first_seat.holdings.create(staff=successor, since=drawing.after_closing)
    drawing.officers.append(give_seat(first, unit=second_unit, role=Seat.Role.ORGANISER, at=drawing.after_closing).seat)

    with pytest.raises(SamePerson):
        drawing.record(drawing.sheet.sources[0], "1", officer=2)
    assert SourceValue.objects.get().confirmed_by is None
    assert drawing.facts("draw.source") == ["draw.source-recorded"]


def test_a_value_nobody_confirmed_can_be_taken_back(drawing):
    name = drawing.sheet.sources[0]
    drawing.close_list()
    drawing.record(name, "wrong")
    draws.forget_source(drawing.draw, name)
    drawing.record(name, "right")
    drawing.record(name, "right", officer=1)
    with pytest.raises(Done):
        draws.forget_source(drawing.draw, name)

    assert SourceValue.objects.get().value == "right"


def test_the_draw_is_held_once_when_list_sources_and_time_are_there(drawing):
    drawing.earn(range(1, 4))
    with pytest.raises(TooEarly, match="no-list"):
        drawing.hold()
    drawing.close_list()
    with pytest.raises(TooEarly, match="unconfirmed"):
        drawing.hold()
    for name in drawing.sheet.sources:
        drawing.record(name, "1")
        drawing.record(name, "1", officer=1)
    with pytest.raises(TooEarly, match="clock"):
        drawing.hold(at=drawing.draw_time - timedelta(seconds=1))
    drawing.hold()
    with pytest.raises(Done):
        drawing.hold()

    assert drawing.facts("draw.held") == ["draw.held"]
    assert Published.objects.filter(kind="pack").count() == 1


def test_a_draw_without_a_single_chance_is_a_draw(drawing):
    drawn = drawing.run(0)

    assert verify_draw.check(bytes(drawn.pack.body))[0] == []
    assert Ranked.objects.count() == 0


def test_day_keys_are_those_committed_to_and_come_out_the_day_after(drawing_with):
    drawing = drawing_with(instant=Instant(prize("instant", 50, value_fen=200), 3, {}))
    committed = drawing.sheet.instant.commitments
    secret = queries.secret_of(drawing.draw, drawing.means.vault)

    def publish(at: str) -> list[str]:
        return draws.publish_day_keys(
            drawing.draw, vault=drawing.means.vault, writer=drawing.house.writer, seat=1, at=datetime.fromisoformat(at)
        )

    assert publish("2026-11-23T23:59:00+08:00") == []
    assert publish("2026-11-25T00:00:00+08:00") == ["2026-11-23", "2026-11-24"]
    assert publish("2026-11-25T08:00:00+08:00") == []
    keys = queries.published_days([drawing.draw])[drawing.activity.pk]
    assert {day: commitment(bytes.fromhex(key)) for day, key in keys.items()} == {
        day: committed[day] for day in ("2026-11-23", "2026-11-24")
    }
    assert keys["2026-11-24"] == day_key(secret, "2026-11-24").hex()


def test_a_draw_is_read_without_the_bytes_of_its_pack(drawing):
    """A million chances are 64 megabytes, which no page needs."""
    drawing.run(12)

    assert drawing.draw.pack.get_deferred_fields() == {"body"}
    assert [each.pack.get_deferred_fields() for each in queries.draws(drawing.activity.campaign)] == [{"body"}]


@pytest.mark.parametrize("days", [1, 3, 300])
def test_the_chances_of_many_days_take_as_many_queries_as_those_of_one(drawing_with, days):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    first = datetime.fromisoformat("2026-01-01T09:00:00+08:00")
    drawing = drawing_with(period=(first.isoformat(), "2026-11-30T00:00:00+08:00"))
    for number in range(days):
        drawing.earn(range(1, 2), day=(first + timedelta(days=number)).date().isoformat())
    drawing.close_list()
    draw, sheet = drawing.draw, drawing.sheet

    with CaptureQueriesContext(connection) as captured:
        found = queries.chances_of(draw, sheet, 1, drawing.means.vault)
        receipts = [queries.receipt_of(draw, each) for each in found]

    root = bytes.fromhex(queries.frozen_of(draw).root)
    assert all(receipt.is_in(each, root) for each in receipts)
    assert (len(receipts), len(captured)) == (days, 6)


def test_a_receipt_that_was_not_given_here_is_none(drawing):
    """Whoever knows how receipts are written could make up codes until one of them wins an instant prize."""
    drawing.earn(range(1, 2))
    (chance,) = drawing.chances(1)
    given = queries.receipt_of(drawing.draw, chance)
    made_up = receipt.write(activity=drawing.activity.pk, day=chance.day, code=os.urandom(16), proof=os.urandom(16))
    moved = given.replace(chance.day.encode(), b"2026-11-25")

    assert queries.chance_in(drawing.draw, drawing.sheet, given, drawing.means.vault).leaf == chance.leaf
    for each in (made_up, moved, receipt.write(activity=drawing.activity.pk, day=chance.day, code=chance.code)):
        with pytest.raises(receipt.BadReceipt):
            queries.chance_in(drawing.draw, drawing.sheet, each, drawing.means.vault)


def test_an_instant_prize_is_won_by_listed_chances_that_take_part_and_no_others(drawing_with):
    drawing = drawing_with(instant=Instant(prize("instant", 50, value_fen=200), 1, {}))
    drawing.earn(range(1, 4))
    early = [queries.receipt_of(drawing.draw, *drawing.chances(each)) for each in (1, 2)]
    assert [each.won_instantly for number in (1, 2, 3) for each in drawing.chances(number)] == [True] * 3
    drawing.close_list(excluded={2: "scripted"})
    made_up = receipt.write(activity=drawing.activity.pk, day="2026-11-24", code=os.urandom(16))
    found = [queries.chance_in(drawing.draw, drawing.sheet, each, drawing.means.vault) for each in (*early, made_up)]

    assert [(each.place is not None, each.won_instantly) for each in found] == [
        (True, True),
        (True, False),
        (False, False),
    ]
    assert [each.won_instantly for number in (1, 2, 3) for each in drawing.chances(number)] == [True, False, True]
