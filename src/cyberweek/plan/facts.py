"""Official acts on plans. The seat that acted is in the row's actor; the text itself stays in the upload."""

from __future__ import annotations

from typing import ClassVar

from cyberweek.ledger.fact import Fact


class PlanConfirmed(Fact, frozen=True):
    """An upload became a campaign; `digest` is the SHA-256 of the file that came in."""

    KIND: ClassVar[str] = "plan.confirmed"

    campaign: int
    upload: int
    digest: str


class PlanRevised(Fact, frozen=True):
    """A revised plan changed a running campaign in so many places."""

    KIND: ClassVar[str] = "plan.revised"

    campaign: int
    upload: int
    digest: str
    changes: int


class CampaignShown(Fact, frozen=True):
    """A campaign that was prepared, or of another year, became the one that everybody sees."""

    KIND: ClassVar[str] = "plan.campaign-shown"

    campaign: int


FACTS = (PlanConfirmed, PlanRevised, CampaignShown)
