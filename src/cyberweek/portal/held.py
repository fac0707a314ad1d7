"""What this device keeps and what is held under its ticket. Reads cookies; neither sets nor stores any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from cyberweek.component.ports import HeldData, held_data
from cyberweek.component.reading import taken_part
from cyberweek.kernel.clock import from_ms
from cyberweek.people.ticket import TICKET_COOKIE, Forged, Signer, Ticket
from cyberweek.plan.models import Activity
from cyberweek.ui.templatetags.ui import short_day

ATTEMPT_COOKIE = "cw_attempt_"
GUEST_COOKIE = "cw_guest_"  # a paper of a class, until the browser ends
AREA_COOKIE = "cw_area"  # for which district and unit this device plays
VIEW_COOKIE = "view"


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that "my data" tells: since when there is a ticket, open attempts, choices, what is held in words.

    Persons: what names the person, and where it is seen and deleted.
    """

    since: datetime | None
    attempts: list[str]
    choices: list[str]
    facts: list[tuple[str, str]]
    persons: list[HeldData]

    @property
    def is_nothing(self) -> bool:
        return self.since is None and not (self.attempts or self.choices)


def held(cookies: Mapping[str, str], key: str, *, language_cookie: str) -> Held:
    """What this device's cookies say, and what is held under its ticket."""
    ticket = ticket_in(cookies, key)
    found = [each for offer in held_data for each in offer(ticket.participant)] if ticket else []
    return Held(
        since=from_ms(ticket.given_at) if ticket else None,
        attempts=_attempts(cookies),
        choices=[name for name in (AREA_COOKIE, VIEW_COOKIE, language_cookie) if name in cookies],
        facts=[(each.title, _("；").join(each.lines)) for each in found if not each.url],
        persons=[each for each in found if each.url],
    )


def erasable(cookies: Mapping[str, str], *, language_cookie: str) -> list[str]:
    """The cookies that go when this device is forgotten."""
    fixed = (TICKET_COOKIE, AREA_COOKIE, VIEW_COOKIE, language_cookie)
    return [name for name in cookies if name in fixed or name.startswith((ATTEMPT_COOKIE, GUEST_COOKIE))]


def days_taken_part(participant: int) -> list[HeldData]:
    """The days on which this participant took part in each activity; offered to the port by `project.wiring`."""
    return [HeldData(each.activity.name, [_said(each.days)]) for each in taken_part(participant)]


def _said(days: Sequence[date]) -> str:
    return _("%(days)s参与过") % {"days": _("、").join(short_day(each) for each in days)}


def ticket_in(cookies: Mapping[str, str], key: str) -> Ticket | None:
    """The ticket of this device, if it has one that was signed here."""
    try:
        return Signer(key).read_ticket(cookies.get(TICKET_COOKIE, ""))
    except Forged:
        return None


def _attempts(cookies: Mapping[str, str]) -> list[str]:
    wanted = [name.removeprefix(ATTEMPT_COOKIE) for name in cookies if name.startswith(ATTEMPT_COOKIE)]
    found = Activity.objects.filter(pk__in=[int(each) for each in wanted if each.isascii() and each.isdigit()][:50])
    return [each.name for each in found] if wanted else []
