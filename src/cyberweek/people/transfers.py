"""Move a device's ticket to another device by a short code: ten minutes, one use. The only writer of its two tables.

A code is kept as a keyed digest, so that the table gives none away. Who guesses is stopped by what is remembered for ten
minutes of wrong codes: a keyed digest of the network's address and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

from cyberweek.kernel.codes import NoCode, mint_code, read_code
from cyberweek.people.models import Transfer, WrongCode
from cyberweek.people.vault import Vault

GOOD_FOR = timedelta(minutes=10)
TOLD_FOR = timedelta(days=1)  # so long a code that is over is still called that, and not unknown
WRONG_CODES = 30  # from one network in ten minutes: a school mistypes less, and a guesser gets nowhere in 31^8 codes


class BadCode(Exception):
    """Raised when a code moves no ticket; the subclasses say why."""


class UnknownCode(BadCode):
    """Raised for a code that was never given."""


class ExpiredCode(BadCode):
    """Raised for a code that is older than ten minutes."""


class UsedCode(BadCode):
    """Raised for a code that has moved a ticket already."""


class TooManyWrong(BadCode):
    """Raised when one network has sent too many wrong codes."""


@transaction.atomic
def give_code(participant: int, *, vault: Vault, at: datetime, below: Callable[[int], int]) -> str:
    """A new code for a participant's ticket; an earlier one that nobody used is over."""
    Transfer.objects.filter(until__lt=at - TOLD_FOR).delete()
    Transfer.objects.filter(participant=participant, used_at=None).delete()
    code = mint_code(below)
    Transfer.objects.create(mark=_mark(vault, code), participant=participant, until=at + GOOD_FOR)
    return code


def find(text: str, *, vault: Vault, address: str, at: datetime) -> Transfer:
    """The transfer that a typed code stands for; changes nothing about it. Raises BadCode."""
    sender = vault.mark(address, kind="transfer.address").hex()
    wrong = WrongCode.objects.filter(sender=sender, at__gt=at - GOOD_FOR)
    if wrong.count() >= WRONG_CODES:
        raise TooManyWrong
    try:
        found = Transfer.objects.filter(mark=_mark(vault, read_code(text))).first()
    except NoCode:
        found = None
    if found is None:
        WrongCode.objects.filter(at__lte=at - GOOD_FOR).delete()
        WrongCode.objects.create(sender=sender, at=at)
        raise UnknownCode
    if found.used_at is not None:
        raise UsedCode
    if found.until <= at:
        raise ExpiredCode
    return found


def use(transfer: Transfer, *, at: datetime) -> int:
    """Use a code up, and give the participant whose ticket it moves. Raises UsedCode when somebody was faster."""
    if not Transfer.objects.filter(pk=transfer.pk, used_at=None).update(used_at=at):
        raise UsedCode
    return transfer.participant


def _mark(vault: Vault, code: str) -> str:
    return vault.mark(code, kind="transfer").hex()
