"""A code moves a ticket once, within ten minutes, and nobody can guess one."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest

from cyberweek.kernel.dice import Dice
from cyberweek.people.vault import Vault

VAULT = Vault("only for tests", os.urandom)
MINUTE = timedelta(minutes=1)


def give(house, participant: int = 7, *, later: timedelta = timedelta(), seed: int = 1) -> str:
    from cyberweek.people import transfers

    return transfers.give_code(participant, vault=VAULT, at=house.at + later, below=Dice("codes", seed).below)


def find(house, code: str, *, later: timedelta = timedelta(), address: str = "192.0.2.1"):
    from cyberweek.people import transfers

    return transfers.find(code, vault=VAULT, address=address, at=house.at + later)


def counted() -> tuple[int, int]:
    from cyberweek.people.models import Transfer, WrongCode

    return Transfer.objects.count(), WrongCode.objects.count()


def test_a_code_moves_the_ticket_it_was_given_for(any_house):
    from cyberweek.people import transfers

    code = give(any_house)

    assert transfers.use(find(any_house, code.lower()), at=any_house.at) == 7


def test_the_table_gives_no_code_away(house):
    from cyberweek.people.models import Transfer

    code = give(house)
    kept = Transfer.objects.values().get()

    assert code not in str(kept)
    assert kept["mark"] == VAULT.mark(code, kind="transfer").hex()


def test_a_code_works_once(any_house):
    from cyberweek.people import transfers

    found = [find(any_house, give(any_house))] * 2
    transfers.use(found[0], at=any_house.at)

    with pytest.raises(transfers.UsedCode):
        transfers.use(found[1], at=any_house.at)


@pytest.mark.parametrize(
    ("later", "seed", "why"),
    [(10 * MINUTE, 1, "ExpiredCode"), (timedelta(hours=23), 1, "ExpiredCode"), (timedelta(), 2, "UnknownCode")],
)
def test_a_code_that_moves_nothing_says_why(house, later, seed, why):
    from cyberweek.people import transfers

    give(house)
    typed = "".join(Dice("codes", seed).sample("23456789ABCDEFGH", 8)) if seed == 2 else give(house)

    with pytest.raises(getattr(transfers, why)):
        find(house, typed, later=later)


def test_a_used_code_is_called_used_and_no_wrong_code(house):
    from cyberweek.people import transfers

    code = give(house)
    transfers.use(find(house, code), at=house.at)

    with pytest.raises(transfers.UsedCode):
        find(house, code)
    assert counted() == (1, 0)


def test_a_new_code_ends_the_one_before(house):
    from cyberweek.people import transfers

    first, second = give(house, seed=1), give(house, seed=2)

    with pytest.raises(transfers.UnknownCode):
        find(house, first)
    assert find(house, second).participant == 7


def test_codes_of_yesterday_are_forgotten(house):
    give(house, 7, seed=1)

    give(house, 8, seed=2, later=timedelta(days=1, minutes=11))

    assert counted() == (1, 0)


def test_whoever_guesses_is_stopped_for_ten_minutes_and_nobody_else(any_house):
    from cyberweek.people import transfers

    code = give(any_house)
    for n in range(transfers.WRONG_CODES):
        with pytest.raises(transfers.UnknownCode):
            find(any_house, f"{n:02}222222".replace("0", "A").replace("1", "B"))

    with pytest.raises(transfers.TooManyWrong):
        find(any_house, code)
    assert find(any_house, code, address="192.0.2.2").participant == 7
    code = give(any_house, later=11 * MINUTE, seed=3)
    assert find(any_house, code, later=11 * MINUTE).participant == 7


def test_what_is_no_code_counts_as_a_wrong_one(house):
    from cyberweek.people import transfers

    with pytest.raises(transfers.UnknownCode):
        find(house, "'; DROP TABLE")

    assert counted() == (0, 1)


def test_no_address_is_kept(house):
    from cyberweek.people import transfers
    from cyberweek.people.models import WrongCode

    with pytest.raises(transfers.UnknownCode):
        find(house, "ABCDEFGH", address="192.0.2.77")

    assert "192.0.2.77" not in str(WrongCode.objects.values().get())
