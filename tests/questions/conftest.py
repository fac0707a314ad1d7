"""A house with the bundled bank, and the people who look after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import pytest

from cyberweek.questions.draft import QuestionDraft


@dataclass(frozen=True)
class Desk:
    """Two organisers with a seat each, and a third one without; `at` is a moment of the house."""

    house: object
    office: object
    second: object
    at: datetime

    @property
    def writer(self):
        return self.house.writer

    def facts(self) -> list[tuple]:
        """What the ledger holds of questions."""
        store = self.house.store()
        found = store.execute("SELECT kind, actor FROM ledger_fact WHERE kind = 'question.reviewed' ORDER BY n")
        store.close()
        return found


def draft(**changes) -> QuestionDraft:
    values = {
        "kind": "single",
        "stem": "陌生来电自称银行客服，先做什么？",
        "options": ("照他说的做", "挂断后打官方电话", "告诉他验证码"),
        "answer": (1,),
        "explanation": "换一条路核实。",
        "topic": "fraud",
    }
    return QuestionDraft(**(values | changes))


@pytest.fixture(name="draft")
def make_draft() -> Callable[..., QuestionDraft]:
    return draft


@pytest.fixture
def desk(house) -> Desk:
    return seated(house)


@pytest.fixture
def any_desk(any_house) -> Desk:
    """The same on both databases."""
    return seated(any_house)


def seated(house) -> Desk:
    from cyberweek.people.models import Seat, Staff
    from cyberweek.people.services import give_seat
    from cyberweek.questions.services import load_bank
    from cyberweek.units.models import Unit
    from cyberweek.units.services import load_units

    load_units()
    load_bank()
    unit = Unit.objects.get(code="cac")
    seats = []
    for name in ("office", "second"):
        staff = Staff.objects.create_user(name, password="cyberweek-test")
        seats.append(give_seat(staff, unit=unit, role=Seat.Role.ORGANISER, at=house.at).seat)
    return Desk(house, *seats, house.at)


@pytest.fixture
def browser_of(desk, client):
    """A signed-in browser of one of the two."""
    from allauth.mfa.totp.internal import auth as totp

    from cyberweek.people.models import Staff

    def sign_in(name: str):
        staff = Staff.objects.get(username=name)
        totp.TOTP.activate(staff, totp.generate_totp_secret())
        client.force_login(staff)
        return client

    return sign_in
