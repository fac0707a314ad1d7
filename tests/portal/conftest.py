"""A week that is confirmed and of which today is the second day, as rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest


@pytest.fixture
def today(house) -> date:
    from django.utils.timezone import localdate

    return localdate()


@pytest.fixture
def make_week(house, today) -> Callable[..., object]:
    """Make a campaign whose first day is so many days from today, with so many expos."""

    def make(*, starts_in: int = -1, expos: int = 1, slug: str = "week"):
        from cyberweek.plan.models import ActivityUnit, Campaign, ThemeDay, ThemeDayLead
        from cyberweek.units.models import Unit

        first = today + timedelta(days=starts_in)
        campaign = Campaign.objects.create(
            slug=slug, area="某市", name_zh="某市网安周", name_en="A city's week", theme_zh="大家的事，大家来办", starts=first,
            ends=first + timedelta(days=6), seed="seed", confirmed_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
        )  # fmt: skip
        unit, _is_new = Unit.objects.get_or_create(code="bureau", defaults={"kind": "department", "name_zh": "示例局"})
        for no in range(1, expos + 1):
            expo = campaign.activities.create(
                no=no,
                slug=f"expo-{no}",
                kind="expo",
                name_zh=f"第 {no} 号展",
                starts=first,
                ends=campaign.ends,
                place_zh="示例广场",
            )
            ActivityUnit.objects.create(activity=expo, unit=unit, role="host", order=1)
        for day in range(1, 7):
            theme = ThemeDay.objects.create(
                campaign=campaign, date=first + timedelta(days=day), slug=f"day-{day}", colour=day, name_zh=f"主题{day}"
            )
            ThemeDayLead.objects.create(theme_day=theme, unit=unit, order=1)
        return campaign

    return make


@pytest.fixture
def client(house):
    from django.test import Client

    return Client(SERVER_NAME="localhost")
