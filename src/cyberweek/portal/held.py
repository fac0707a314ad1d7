"""What this device keeps and what is held under its ticket. Reads cookies; neither sets nor stores any."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cyberweek.component.ports import HeldData, held_data
from cyberweek.kernel.clock import from_ms
from cyberweek.people.ticket import TICKET_COOKIE, Forged, Signer, Ticket
from cyberweek.plan.models import Activity
from cyberweek.portal.queries import unit_label

ATTEMPT_COOKIE = "cw_attempt_"
VIEW_COOKIE = "view"


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that "my data" tells: since when there is a ticket, open attempts, choices, facts, what names the person."""

    since: datetime | None
    attempts: list[str]
    choices: list[str]
    facts: list[tuple[str, str]]
    persons: list[HeldData]

    @property
    def is_nothing(self) -> bool:
        return self.since is None and not (self.attempts or self.choices)


def held(cookies: Mapping[str, str], key: str, *, language_cookie: str) -> Held:
    """What this device's cookies say, and what the ledger has under its ticket."""
    ticket = _ticket(cookies, key)
    found = [each for offer in held_data for each in offer(ticket.participant)] if ticket else []
    return Held(
        since=from_ms(ticket.given_at) if ticket else None,
        attempts=_attempts(cookies),
        choices=[name for name in (VIEW_COOKIE, language_cookie) if name in cookies],
        facts=_facts([each for each in found if not each.url]),
        persons=[each for each in found if each.url],
    )


def erasable(cookies: Mapping[str, str], *, language_cookie: str) -> list[str]:
    """The cookies that go when this device is forgotten."""
    fixed = (TICKET_COOKIE, VIEW_COOKIE, language_cookie)
    return [name for name in cookies if name in fixed or name.startswith(ATTEMPT_COOKIE)]


def _ticket(cookies: Mapping[str, str], key: str) -> Ticket | None:
    try:
        return Signer(key).read_ticket(cookies.get(TICKET_COOKIE, ""))
    except Forged:
        return None


def _attempts(cookies: Mapping[str, str]) -> list[str]:
    wanted = [name.removeprefix(ATTEMPT_COOKIE) for name in cookies if name.startswith(ATTEMPT_COOKIE)]
    found = Activity.objects.filter(pk__in=[int(each) for each in wanted if each.isascii() and each.isdigit()][:50])
    return [each.name for each in found] if wanted else []


def _facts(found: list[HeldData]) -> list[tuple[str, str]]:
    lines = []
    for each in found:
        label, unit = unit_label(each.title)
        lines.append((label, f"{' '.join(each.lines)} {unit}".strip()))
    return lines
