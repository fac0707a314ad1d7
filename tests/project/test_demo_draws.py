"""The demo's draws: one that is open, and one that is finished and can be claimed, checked and looked at."""

from __future__ import annotations

import pytest

from cyberweek.prizes import verify_draw


@pytest.fixture
def demo(house, settings):
    from cyberweek.kernel.clock import system_clock
    from cyberweek.ledger import door
    from cyberweek.ledger.connect import open_store
    from cyberweek.project import demo
    from cyberweek.project.wiring import wire
    from cyberweek.questions.services import load_bank
    from cyberweek.units.services import load_units

    wire()
    door.provide(lambda: open_store(house.url))
    settings.DEMO = True
    load_units()
    load_bank()
    return demo.load(system_clock(), papers=5)


def test_the_warm_up_is_drawn_by_two_officers_and_partly_claimed(demo):
    from cyberweek.prizes import queries
    from cyberweek.prizes.means import vault
    from cyberweek.prizes.services.claims import masked, phone_of

    quiz, warm_up = queries.draws(demo)
    claims = list(queries.claims(warm_up))

    assert (quiz.listed_id, quiz.activity.slug, warm_up.activity.slug) == (None, "quiz", "warm-up")
    assert verify_draw.check(bytes(warm_up.pack.body))[3] == warm_up.pack.digest
    assert [(each.rank, each.state) for each in claims] == [
        (1, "granted"), (2, "granted"), (4, "granted"), (5, "granted"), (10, "waiting"),
    ]  # fmt: skip
    assert {masked(phone_of(each, vault()))[:3] for each in claims} == {"100"}


def test_everything_of_the_demos_draws_is_marked_as_simulated(demo, house):
    from cyberweek.ledger.fact import Origin

    store = house.store()
    origins = {row.origin for row in store.read_after(0)}
    store.close()

    assert origins == {Origin.SIMULATED}


def test_the_demos_receipt_can_still_claim(demo):
    from cyberweek.prizes import queries
    from cyberweek.prizes.means import demo_receipt, vault

    _quiz, warm_up = queries.draws(demo)
    sheet = queries.sheet_of(warm_up)
    chance = queries.chance_in(warm_up, sheet, demo_receipt(warm_up).encode(), vault())

    assert chance.ranked.prize in ("p1", "p2")
    assert chance.claims == ()
