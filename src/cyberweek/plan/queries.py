"""Read campaigns and uploaded plans for pages. Never writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from cyberweek.plan import corrections
from cyberweek.plan.folder import folder_of
from cyberweek.plan.models import Campaign, PlanUpload
from cyberweek.plan.reader.evidence import Evidence
from cyberweek.plan.reader.understood import Finding, Plan

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")


def shown_campaign() -> Campaign | None:
    """The campaign that portal, console and screen show: the one confirmed last."""
    return Campaign.objects.exclude(confirmed_at=None).order_by("-confirmed_at").first()


def all_campaigns() -> list[Campaign]:
    """Every campaign, the one with the latest days first."""
    return list(Campaign.objects.order_by("-starts", "-pk"))


def texts_of_other_years(campaign: Campaign) -> list[str]:
    """What the campaign's texts say that names a year in which it is not held."""
    folder = folder_of(campaign)
    own = {str(campaign.starts.year), str(campaign.ends.year)}
    lines = (folder.about, *folder.activities, *folder.theme_days, *folder.tasks, *folder.deadlines)
    said = dict.fromkeys(text for line in lines for text in _texts(line))
    return [text for text in said if set(_YEAR.findall(text)) - own]


def _texts(line: msgspec.Struct) -> Iterator[str]:
    """What people read of a line."""
    values = [getattr(line, name) for name in line.__struct_fields__ if name.endswith(("_zh", "_en", "_items"))]
    for value in values:
        yield from value if isinstance(value, tuple) else (value,)


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A finding on the review page: with the key under which it is accepted, and the reason when it has been."""

    finding: Finding
    key: str
    reason: str


def uploads() -> list[PlanUpload]:
    """Every upload, the newest first, without the files."""
    return list(PlanUpload.objects.defer("body", "understood", "corrected").select_related("campaign"))


def read_plan(upload: PlanUpload) -> Plan:
    """What was understood of an upload, before any correction."""
    plan = msgspec.convert(upload.understood["plan"], Plan)
    plan.evidence = msgspec.convert(upload.understood["evidence"], Evidence)
    return plan


def plan_in(upload: PlanUpload) -> Plan:
    """What an upload says with its corrections, checked anew."""
    return corrections.corrected(read_plan(upload), upload.corrected)


def finding_key(finding: Finding) -> str:
    """What a finding is accepted under; it changes when the finding says something else."""
    return f"{finding.code}:{finding.line or 0}:{finding.message}"


def found_lines(upload: PlanUpload, plan: Plan) -> list[FoundLine]:
    """The findings of a plan, each with the reason for which it was accepted."""
    reasons = {each["key"]: each["reason"] for each in upload.accepted}
    return [FoundLine(each, finding_key(each), reasons.get(finding_key(each), "")) for each in plan.findings]


def unaccepted_errors(upload: PlanUpload, plan: Plan) -> list[Finding]:
    """The errors that stand in the way of confirming."""
    return [line.finding for line in found_lines(upload, plan) if line.finding.severity == "error" and not line.reason]
