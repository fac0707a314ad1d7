"""A draw whose rules are sealed, for whoever needs one and does not ask what is in them."""

from __future__ import annotations

import os
from datetime import datetime

import msgspec
from django.conf import settings

from cyberweek.people.vault import Vault
from cyberweek.plan.models import Activity
from cyberweek.prizes.models import Draw
from cyberweek.prizes.services import sheets
from tests.prizes.examples import sheet


def draw(of: Activity, *, seat: int, at: datetime) -> Draw | None:
    content = msgspec.to_builtins(sheet())
    for fixed in ("activity", "commitment", "law"):
        del content[fixed]
    sheets.save(of, content)
    return sheets.freeze(of, seat=seat, at=at, vault=Vault(settings.VAULT_KEY, os.urandom), randomness=os.urandom)
