"""Head-counts and editions."""

from __future__ import annotations

from datetime import datetime

from cyberweek.component.ports import metrics
from cyberweek.kernel.clock import to_ms
from cyberweek.ledger.fact import Origin
from cyberweek.ledger.journal import Append
from cyberweek.plan.models import Activity, Campaign
from cyberweek.report import services
from cyberweek.report.facts import HeadCountImported
from cyberweek.report.models import Edition


def head_count(of: Activity, no: int, *, at: datetime) -> Append:
    """People whom somebody counted, still to be appended; the streams of head-counts begin at 900000."""
    fact = HeadCountImported("host-1", "2026-11-24", no, "measured", f"list-{no}")
    return Append(900_000 + no, 1, to_ms(at), [fact], of.pk, actor=-1, origin=Origin.IMPORTED)


def edition(of: Campaign, *, at: datetime) -> Edition:
    return services.make_edition(of, tuple(metrics), at=at)


def copies(of: Edition, many: int) -> None:
    """Further editions that say the same."""
    Edition.objects.bulk_create(
        Edition(
            campaign=of.campaign, number=of.number + no, digest=of.digest, body=of.body, made_at=of.made_at,
            chain_n=of.chain_n, chain_digest=of.chain_digest,
        )
        for no in range(1, many + 1)
    )  # fmt: skip
