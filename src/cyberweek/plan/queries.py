"""Read campaigns for pages. Never writes."""

from __future__ import annotations

from cyberweek.plan.models import Campaign


def shown_campaign() -> Campaign | None:
    """The campaign that portal, console and screen show: the one confirmed last."""
    return Campaign.objects.exclude(confirmed_at=None).order_by("-confirmed_at").first()
