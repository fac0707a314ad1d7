"""A running week with a duel whose bank is large enough."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from tests.factories import plan, questions


@pytest.fixture
def duel(house):
    week = plan.campaign(starts=localdate() - timedelta(days=1))
    activity = plan.activity(week, 1, slug="duel", kind="duel", name_en="Duel")
    for no in range(1, 13):
        questions.question(no)
    return activity


@pytest.fixture
def open_duel(house, duel, monkeypatch):
    """Publish it, open now, without asking the gates of other rooms."""
    from datetime import UTC, datetime

    from cyberweek.activities.duel import services
    from cyberweek.component import ports

    monkeypatch.setattr(ports.opening_gates, "_offers", [])
    now = datetime.now(UTC)
    draft = questions.duel(duel, opens=now - timedelta(hours=1), closes=now + timedelta(days=1))
    return services.publish(draft, writer=house.writer, seat=1, at=house.at)
