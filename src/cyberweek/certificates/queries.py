"""Read what a certificate says and names. Never writes."""

from __future__ import annotations

from django.utils.translation import get_language

from cyberweek.certificates.statement import FORMAT, Statement
from cyberweek.component import ports
from cyberweek.component.ports import Passed
from cyberweek.component.reading import release_digest
from cyberweek.people.vault import Vault
from cyberweek.plan.models import Activity

NUMBER_BYTES = 12


def passed_in(activity: Activity, token: str) -> Passed | None:
    """What the attempt of a token passed, by whichever room knows its kind."""
    return next((found for offer in ports.passed_attempts if (found := offer(activity, token))), None)


def statement_of(activity: Activity, passed: Passed, vault: Vault) -> Statement:
    """What is signed. The number comes from the paper by a keyed digest: the same paper is never two certificates."""
    number = vault.mark(str(passed.stream), kind="certificate")[:NUMBER_BYTES].hex()
    return Statement(
        FORMAT, activity.campaign.slug, activity.slug, release_digest(passed.release), passed.right, passed.of,
        passed.day, number,
    )  # fmt: skip


def names() -> dict[str, str]:
    """How campaigns and activities that were ever held are called, by campaign/activity."""
    rows = Activity.objects.exclude(visibility=None).select_related("campaign")
    return {f"{each.campaign.slug}/{each.slug}": joined(each.campaign.name, each.name) for each in rows}


def joined(campaign: str, activity: str) -> str:
    return f"{campaign} · {activity}" if get_language() == "en" else f"{campaign}　{activity}"
