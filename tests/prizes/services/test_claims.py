"""Claims: one prize for a verified person, nothing over-issued, nothing of a person left when its time has come."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from cyberweek.ledger import queries as ledger
from cyberweek.ledger.queries import counts
from cyberweek.messages.gateways import NotSent
from cyberweek.prizes import queries
from cyberweek.prizes.models import Claim, Pending, Published, Voucher
from cyberweek.prizes.services import claims
from cyberweek.prizes.services.claims import BadPhone, Means, NotNow, OnePerPerson, TooMany, WrongCode
from cyberweek.prizes.services.draws import TooEarly
from cyberweek.prizes.sheet import Delivery
from tests.prizes.examples import prize

PHONES = [f"100{number:08}" for number in range(1, 400)]  # no network has numbers that begin with 100


@pytest.fixture
def drawn(any_drawing):
    """Two cups (ranks 1–2), five cards (3–7), ten alternates (8–17), with five cards in stock."""
    any_drawing.run(40)
    stock(any_drawing, 5)
    return any_drawing


def stock(drawing, count: int) -> int:
    return claims.stock_up(drawing.activity.pk, "card", [f"CARD-{n}" for n in range(count)], vault=drawing.means.vault)


def settle(drawing) -> int:
    return claims.settle(drawing.draw, writer=drawing.house.writer, seat=drawing.officers[0].pk, at=drawing.window_over)


def test_a_winner_gets_the_prize_of_the_rank_by_a_code_to_the_phone(drawn):
    cup, card = drawn.claim(1, PHONES[0]), drawn.claim(3, "+86 " + PHONES[1])

    assert [(each.state, each.prize, each.rank) for each in (cup, card)] == [
        ("granted", "cup", 1), ("granted", "card", 3),
    ]  # fmt: skip
    assert (claims.voucher_code(cup, drawn.means.vault), claims.voucher_code(card, drawn.means.vault)) == (
        None,
        "CARD-0",
    )
    assert [each["number"] for each in drawn.texts()] == PHONES[:2]
    assert drawn.facts("prize.") == ["prize.claimed", "prize.granted"] * 2
    assert Pending.objects.count() == 0


def test_nothing_in_the_database_or_the_ledger_shows_a_number(drawn):
    drawn.claim(1, PHONES[0])
    claims.save_address(Claim.objects.get(), name="收件人甲", address="示例路 1 号", vault=drawn.means.vault)
    store = drawn.house.store()
    bodies = b"".join(row.body for row in store.read_after(0))
    store.close()
    claim = Claim.objects.get()
    held = b"".join(bytes(each) for each in (claim.phone, claim.phone_mark, claim.address, claim.leaf))

    assert PHONES[0].encode() not in bodies + held
    assert "示例路".encode() not in held
    assert claims.masked(claims.phone_of(claim, drawn.means.vault)) == "100******01"


def test_an_alternate_waits_and_gets_what_nobody_claimed_by_rank(drawn):
    drawn.claim(3, PHONES[0])
    waiting = [drawn.claim(rank, PHONES[rank]) for rank in (12, 9, 8)]
    assert {each.state for each in waiting} == {"waiting"}

    assert settle(drawn) == 3
    assert settle(drawn) == 0

    assert list(Claim.objects.order_by("rank").values_list("rank", "prize", "instead_of", "state")) == [
        (3, "card", 0, "granted"), (8, "cup", 1, "granted"), (9, "cup", 2, "granted"), (12, "card", 4, "granted"),
    ]  # fmt: skip
    assert drawn.facts("prize.forfeited") == ["prize.forfeited"] * 6
    assert drawn.facts("prize.granted") == ["prize.granted"] * 4


def test_alternates_beyond_the_stock_hear_that_they_were_unlucky(drawn):
    for rank in range(1, 8):
        drawn.claim(rank, PHONES[rank])
    late = drawn.claim(8, PHONES[8])

    assert settle(drawn) == 0
    late.refresh_from_db()
    assert (late.state, late.prize) == ("unlucky", "")


def test_one_person_has_one_prize(drawn):
    drawn.claim(3, PHONES[0])
    for rank in (1, 8):
        with pytest.raises(OnePerPerson):
            drawn.claim(rank, PHONES[0], at=drawn.claim_time + timedelta(minutes=rank * 2))

    assert list(Claim.objects.values_list("rank", "state")) == [(3, "granted")]
    assert drawn.facts("prize.") == ["prize.claimed", "prize.granted"]


def test_a_better_place_takes_over_from_one_that_waits(drawn):
    for minute, rank in enumerate((12, 9, 2)):
        drawn.claim(rank, PHONES[0], at=drawn.claim_time + timedelta(minutes=2 * minute))
    with pytest.raises(OnePerPerson):
        drawn.claim(8, PHONES[0], at=drawn.claim_time + timedelta(minutes=20))

    assert sorted(Claim.objects.values_list("rank", "state")) == [(2, "granted"), (9, "replaced"), (12, "replaced")]


def test_a_chance_is_claimed_once(drawn):
    drawn.claim(1, PHONES[0])

    with pytest.raises(NotNow, match="claimed"):
        drawn.claim(1, PHONES[1])


@pytest.mark.parametrize(("at", "reason"), [("draw_time", "not-claiming"), ("window_over", "not-claiming")])
def test_nobody_claims_before_or_after_the_window(drawing, at, reason):
    drawing.run(40)

    with pytest.raises(NotNow, match=reason):
        drawing.ask(1, PHONES[0], at=getattr(drawing, at))
    assert (drawing.texts(), Pending.objects.count()) == ([], 0)


def test_a_chance_that_drew_nothing_claims_nothing(drawing):
    drawing.run(40)
    unlucky = next(c for p in range(1, 41) for c in drawing.chances(p) if c.ranked is None)

    with pytest.raises(NotNow, match="no-rank"):
        claims.ask_for_code(
            drawing.draw, unlucky, PHONES[0], rank=1, consent="x", words="{code}", means=drawing.means,
            at=drawing.claim_time,
        )  # fmt: skip
    assert drawing.texts() == []


@pytest.mark.parametrize(
    "number", ["", "12345", "2" * 11, "1000000000", "100000000011", "一百", "1000000000a", "1٠٠٠٠٠٠٠٠٠١"]
)
def test_what_is_no_mobile_number_is_refused(drawing, number):
    drawing.run(40)

    with pytest.raises(BadPhone):
        drawing.ask(1, number)
    assert drawing.texts() == []


def test_wrong_codes_run_out_and_old_ones_expire(drawing):
    drawing.run(40)
    pending = drawing.ask(1, PHONES[0])
    right = drawing.texts()[-1]["words"].removeprefix("code ")
    wrong = f"{(int(right) + 1) % 1_000_000:06}"

    def verify(code: str, minutes: int = 0):
        at = drawing.claim_time + timedelta(minutes=minutes)
        return claims.verify(pending, code, means=drawing.means, writer=drawing.house.writer, at=at)

    left = []
    for _ in range(5):
        with pytest.raises(WrongCode) as caught:
            verify(wrong)
        left.append(caught.value.left)
    with pytest.raises(WrongCode):
        verify(right)
    assert left == [4, 3, 2, 1, 0]

    pending = drawing.ask(1, PHONES[0], at=drawing.claim_time + timedelta(minutes=2))
    right = drawing.texts()[-1]["words"].removeprefix("code ")
    with pytest.raises(WrongCode):
        verify(right, minutes=13)
    assert (Claim.objects.count(), drawing.facts("prize.")) == (0, [])


def test_codes_are_not_to_be_had_without_end(drawing):
    drawing.run(40)
    stock(drawing, 1)
    at = drawing.claim_time
    drawing.ask(1, PHONES[0], at=at)
    with pytest.raises(TooMany):
        drawing.ask(2, PHONES[0], at=at + timedelta(seconds=59))
    for number in range(1, 5):
        drawing.ask(2, PHONES[0], at=at + timedelta(minutes=number * 2))
    with pytest.raises(TooMany):
        drawing.ask(3, PHONES[0], at=at + timedelta(hours=2))

    assert len(drawing.texts()) == 5


def test_a_text_that_was_not_sent_leaves_nothing_behind(drawing, tmp_path):
    drawing.run(40)

    class Broken:
        def send(self, _text):
            raise NotSent("the gateway answered 503")

    broken = Means(drawing.means.vault, Broken(), os.urandom)
    with pytest.raises(NotSent):
        claims.ask_for_code(
            drawing.draw, drawing.chance_of_rank(1), PHONES[0], rank=1, consent="x", words="{code}", means=broken,
            at=drawing.claim_time,
        )  # fmt: skip

    assert Pending.objects.count() == 0
    assert drawing.claim(1, PHONES[0]).state == "granted"


def test_without_a_card_in_stock_nothing_is_granted_and_the_chance_stays(drawing):
    drawing.run(40)
    with pytest.raises(NotNow, match="no-stock"):
        drawing.claim(3, PHONES[0])
    assert (Claim.objects.count(), Pending.objects.count(), drawing.texts()) == (0, 0, [])
    assert drawing.facts("prize.") == []
    stock(drawing, 1)

    assert drawing.claim(3, PHONES[0]).prize == "card"


def test_stock_takes_each_code_once(drawing):
    assert [stock(drawing, 3), stock(drawing, 5)] == [3, 2]
    assert [bytes(each.code).count(b"CARD") for each in Voucher.objects.all()] == [0] * 5


def test_racing_claims_never_get_the_same_card_or_one_too_many(any_house, tmp_path, django_db_blocker):
    """Sixty verified people race for twenty cards through as many connections; exactly twenty are given."""
    from django.db import connections

    from tests.prizes.conftest import make_draw

    drawing = make_draw(any_house, tmp_path, prizes=(prize("card", 60, delivery=Delivery.VOUCHER, value_fen=100),))
    drawing.run(60)
    stock(drawing, 20)
    pending = [drawing.ask(rank, PHONES[rank]) for rank in range(1, 61)]
    codes = [each["words"].removeprefix("code ") for each in drawing.texts()]

    def verify(number: int) -> str:
        with django_db_blocker.unblock():
            try:
                writer = drawing.house.writer
                claims.verify(pending[number], codes[number], means=drawing.means, writer=writer, at=drawing.claim_time)
            except NotNow:
                return "no-stock"
            finally:
                connections.close_all()
        return "granted"

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(verify, range(60)))

    assert (results.count("granted"), results.count("no-stock")) == (20, 40)
    assert Voucher.objects.filter(is_given=True).count() == 20
    assert len(set(Voucher.objects.exclude(claim=None).values_list("claim", flat=True))) == 20
    assert drawing.facts("prize.granted") == ["prize.granted"] * 20


def test_an_address_is_taken_for_goods_only_and_read_in_the_open(drawn):
    cup, card = drawn.claim(1, PHONES[0]), drawn.claim(3, PHONES[1])
    claims.save_address(cup, name="收件人甲", address="示例路 1 号", vault=drawn.means.vault)
    with pytest.raises(NotNow, match="no-address"):
        claims.save_address(card, name="收件人乙", address="示例路 2 号", vault=drawn.means.vault)
    from cyberweek.prizes.services.draws import read_addresses

    lines = read_addresses(
        drawn.draw, [Claim.objects.get(pk=cup.pk)], vault=drawn.means.vault, writer=drawn.house.writer, seat=1,
        at=drawn.claim_time,
    )  # fmt: skip

    assert lines == [(cup.pk, 1, "保温杯", "收件人甲", "示例路 1 号", PHONES[0])]
    assert drawn.facts("draw.addresses") == ["draw.addresses-read"]
    assert claims.mark_sent(drawn.draw, [cup.pk, card.pk], at=drawn.claim_time) == 1


def test_when_its_time_has_come_everything_known_of_people_goes_and_no_figure_moves(drawn, days_later):
    drawn.claim(1, PHONES[0])
    drawn.claim(3, PHONES[1])
    drawn.ask(4, PHONES[2])
    settle(drawn)
    drawn.house.count()
    before, head = counts(), ledger.head().n
    with pytest.raises(TooEarly):
        claims.erase(drawn.draw, writer=drawn.house.writer, seat=1, at=days_later(drawn.window_over, 29))

    paper = claims.erase(drawn.draw, writer=drawn.house.writer, seat=1, at=days_later(drawn.window_over, 30))
    again = claims.erase(drawn.draw, writer=drawn.house.writer, seat=1, at=days_later(drawn.window_over, 31))

    drawn.house.count()
    assert (Claim.objects.count(), Pending.objects.count(), again) == (0, 0, None)
    assert (counts(), ledger.head().n) == (before, head + 1)
    assert Published.objects.get(kind="erasure").digest == paper.digest
    assert Voucher.objects.filter(is_given=True).count() == 1
    assert drawn.facts("draw.persons") == ["draw.persons-erased"]


def test_nobody_claims_again_after_having_everything_deleted(drawn):
    """Else one chance would empty the stock: claim, look at the code, delete, claim again."""
    for number, rank in enumerate((1, 3)):
        claims.erase_one(drawn.claim(rank, PHONES[number]))
    before = drawn.facts("prize.")

    for rank in (1, 3):
        with pytest.raises(NotNow, match="gone"):
            drawn.ask(rank, PHONES[5])
    assert [drawn.chance_of_rank(rank).gone for rank in (1, 2, 3)] == [{1}, frozenset(), {3}]
    assert (Pending.objects.count(), drawn.facts("prize.")) == (0, before)


def test_a_prize_that_is_out_is_not_given_to_an_alternate_though_its_claimant_is_erased(drawn):
    """Card and sent cup are out; the cup that was given up before it was sent goes to whoever waits."""
    sent, given_up, card = (drawn.claim(rank, PHONES[rank]) for rank in (1, 2, 3))
    claims.save_address(sent, name="收件人甲", address="示例路 1 号", vault=drawn.means.vault)
    claims.mark_sent(drawn.draw, [sent.pk], at=drawn.claim_time)
    for claim in (sent, given_up, card):
        claims.erase_one(Claim.objects.get(pk=claim.pk))
    for rank in (8, 9, 10, 11, 12, 13):
        drawn.claim(rank, PHONES[rank])

    settle(drawn)

    assert [(each.rank, each.prize, each.instead_of) for each in queries.claims(drawn.draw) if each.prize] == [
        (8, "cup", 2), (9, "card", 4), (10, "card", 5), (11, "card", 6), (12, "card", 7),
    ]  # fmt: skip
    assert Voucher.objects.filter(is_given=True).count() == 5


def test_going_takes_every_claim_of_the_person_along(drawn):
    """Places in the line that a better one replaced hold the number too, and so does a code that was asked for."""
    for minute, rank in enumerate((12, 9, 2)):
        drawn.claim(rank, PHONES[0], at=drawn.claim_time + timedelta(minutes=2 * minute))
    drawn.claim(1, PHONES[1])
    drawn.ask(8, PHONES[0], at=drawn.claim_time + timedelta(minutes=20))

    claims.erase_one(Claim.objects.get(rank=2))

    assert list(Claim.objects.values_list("rank", flat=True)) == [1]
    assert Pending.objects.count() == 0


def test_a_code_that_comes_after_the_settlement_claims_nothing(drawn):
    """Asked for in the last minute, typed in when the rest has been given to those who wait."""
    last_minute = drawn.window_over - timedelta(minutes=1)
    pending = drawn.ask(1, PHONES[0], at=last_minute)
    code = drawn.texts()[-1]["words"].removeprefix("code ")
    settle(drawn)
    before = drawn.facts("prize.")

    with pytest.raises(NotNow, match="not-claiming"):
        claims.verify(
            pending, code, means=drawn.means, writer=drawn.house.writer, at=last_minute + timedelta(minutes=5)
        )
    assert (Claim.objects.count(), drawn.facts("prize.")) == (0, before)


def test_two_numbers_for_one_chance_hear_the_true_reason(drawn):
    first, second = drawn.ask(1, PHONES[0]), drawn.ask(1, PHONES[1])
    codes = [each["words"].removeprefix("code ") for each in drawn.texts()]

    def verify(pending, code):
        return claims.verify(pending, code, means=drawn.means, writer=drawn.house.writer, at=drawn.claim_time)

    verify(first, codes[0])
    with pytest.raises(NotNow, match="claimed"):
        verify(second, codes[1])
    assert drawn.facts("prize.") == ["prize.claimed", "prize.granted"]


def test_a_number_that_was_never_verified_is_kept_for_a_day(drawn):
    drawn.ask(1, PHONES[0])
    drawn.ask(2, PHONES[1], at=drawn.claim_time + timedelta(days=1, minutes=1))

    assert [each.rank for each in Pending.objects.all()] == [2]


def test_settling_without_enough_cards_changes_nothing(drawing):
    """The organiser stocks up and settles again; nobody is left with half of it."""
    drawing.run(40)
    drawing.claim(8, PHONES[8])
    drawing.claim(9, PHONES[9])
    drawing.claim(10, PHONES[10])
    before = drawing.facts("")
    with pytest.raises(NotNow, match="no-stock"):
        settle(drawing)

    assert list(Claim.objects.order_by("rank").values_list("rank", "state")) == [
        (8, "waiting"), (9, "waiting"), (10, "waiting"),
    ]  # fmt: skip
    assert (drawing.draw.settled_at, drawing.facts("")) == (None, before)
    stock(drawing, 1)
    assert settle(drawing) == 3


def test_a_claimant_may_go_at_any_time_and_no_figure_moves(drawn):
    claim = drawn.claim(1, PHONES[0])
    drawn.house.count()
    before = counts()
    claims.erase_one(claim)
    drawn.house.count()

    assert (Claim.objects.count(), counts()) == (0, before)
    assert list(queries.claims(drawn.draw)) == []


def test_an_instant_win_is_claimed_at_once_and_counts_as_the_persons_one_prize(drawing_with):
    from cyberweek.prizes.sheet import Instant

    drawing = drawing_with(instant=Instant(prize("instant", 9, delivery=Delivery.VOUCHER, value_fen=200), 3, {}))
    drawing.earn(range(1, 41))
    claims.stock_up(drawing.activity.pk, "instant", ["I-1", "I-2"], vault=drawing.means.vault)
    won = [c for p in range(1, 41) for c in drawing.chances(p) if c.won_instantly]
    lost = next(c for p in range(1, 41) for c in drawing.chances(p) if not c.won_instantly)
    at = drawing.house.at

    def ask(chance, phone):
        return claims.ask_for_code(
            drawing.draw, chance, phone, rank=0, consent="x", words="{code}", means=drawing.means, at=at
        )

    with pytest.raises(NotNow, match="no-rank"):
        ask(lost, PHONES[0])
    pending = ask(won[0], PHONES[0])
    code = drawing.texts()[-1]["words"]
    claim = claims.verify(pending, code, means=drawing.means, writer=drawing.house.writer, at=at)

    assert 4 < len(won) < 25
    assert (claim.rank, claim.prize, claims.voucher_code(claim, drawing.means.vault)) == (0, "instant", "I-1")
