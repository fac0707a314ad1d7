"""Incidents as rows, registered a while ago."""

from __future__ import annotations

from datetime import datetime

from cyberweek.duty.incidents.services import Hand, Noticed, register
from cyberweek.duty.models import Incident
from cyberweek.duty.statement import Said
from cyberweek.plan.models import Campaign


def incident(
    of: Campaign, *, writer, at: datetime, sort: str = "outage", words: str = "首页打不开", **values
) -> Incident:
    """An incident that seat 1 registers in the minute in which it is noticed."""
    return register(of, Noticed(sort, Said("salt", words), at, **values), hand=Hand(writer, 1, at))
