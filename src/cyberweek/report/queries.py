"""Read what a summary is made of. Never writes."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

import msgspec

from cyberweek.component.metric import Metric
from cyberweek.component.models import Visibility
from cyberweek.kernel.clock import to_ms
from cyberweek.kernel.codec import decode
from cyberweek.ledger import queries as ledger
from cyberweek.plan.models import ActivityUnit, Campaign, TaskUnit
from cyberweek.report.changes import Change, changes
from cyberweek.report.edition import Body, Held, definitions, figures
from cyberweek.report.facts import HeadCountImported, HeadCountVoided
from cyberweek.report.models import Edition, Passage

HEADINGS = ("overview", "activities", "tasks", "experience", "problems", "next")


class HeadCount(NamedTuple):
    """An imported head-count as the page lists it."""

    n: int
    activity: int
    unit: str
    day: str
    people: int
    method: str
    evidence: str
    is_voided: bool


def body_now(campaign: Campaign, metrics: tuple[Metric, ...], at: datetime) -> Body:
    """The edition that would be made now, in a constant number of queries."""
    counts, n = ledger.counts_at()
    own = set(campaign.activities.values_list("id", flat=True)) | {0}
    return Body(
        campaign=campaign.name_zh,
        theme=campaign.theme_zh,
        area=campaign.area,
        starts=campaign.starts.isoformat(),
        ends=campaign.ends.isoformat(),
        signed_by=campaign.area,
        at=to_ms(at),
        chain_n=n,
        chain_digest=ledger.digest_at(n).hex(),
        is_simulated=ledger.has_simulated(n),
        definitions=definitions(metrics),
        figures=figures({key: value for key, value in counts.items() if key[1] in own}),
        activities=_held(campaign),
        theme_days=tuple((each.date.isoformat(), each.name_zh) for each in campaign.theme_days.all()),
        tasks=campaign.tasks.count(),
        units=TaskUnit.objects.filter(task__campaign=campaign).values("unit").distinct().count(),
        texts=tuple(sorted(passages(campaign).items())),
    )


def passages(campaign: Campaign) -> dict[str, str]:
    """The texts that people wrote, by heading; '' where nothing is written yet."""
    written = dict(Passage.objects.filter(campaign=campaign).values_list("heading", "text"))
    return {heading: written.get(heading, "") for heading in HEADINGS}


def editions(campaign: Campaign) -> list[Edition]:
    return list(Edition.objects.filter(campaign=campaign).defer("body"))


def body_of(edition: Edition) -> Body:
    return decode(bytes(edition.body), Body)


def changes_since(edition: Edition) -> tuple[Change, ...]:
    """What this edition says otherwise than the one before it; nothing for the first."""
    if edition.number == 1:
        return ()
    before = Edition.objects.get(campaign=edition.campaign_id, number=edition.number - 1)
    return changes(body_of(before), body_of(edition))


def head_counts(limit: int = 200) -> list[HeadCount]:
    """Imported head-counts, newest first, with those that were voided marked."""
    rows = ledger.facts_of_kinds([HeadCountImported.KIND, HeadCountVoided.KIND], limit=limit)
    voided = {msgspec.json.decode(row.body, type=HeadCountVoided).n for row in rows if row.kind == HeadCountVoided.KIND}
    counts = []
    for row in rows:
        if row.kind == HeadCountImported.KIND:
            fact = msgspec.json.decode(row.body, type=HeadCountImported)
            counts.append(
                HeadCount(
                    row.n, row.activity, fact.unit, fact.day, fact.people, fact.method, fact.evidence, row.n in voided
                )
            )
    return counts


def _held(campaign: Campaign) -> tuple[Held, ...]:
    releases = {
        each.activity_id: (each.release.number, each.release.digest)
        for each in Visibility.objects.filter(activity__campaign=campaign).select_related("release")
        if each.release
    }
    hosts: dict[int, list[str]] = {}
    roles = ActivityUnit.objects.filter(activity__campaign=campaign, role=ActivityUnit.Role.HOST).select_related("unit")
    for each in roles:
        hosts.setdefault(each.activity_id, []).append(each.unit.name_zh)
    return tuple(
        Held(
            each.pk, each.no, each.kind, each.name_zh, each.starts.isoformat() if each.starts else "",
            each.ends.isoformat() if each.ends else "", each.place_zh, tuple(hosts.get(each.pk, ())),
            *releases.get(each.pk, (0, "")),
        )
        for each in campaign.activities.all()
    )  # fmt: skip
