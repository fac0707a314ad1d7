"""Links that let somebody in once: into a first sign-in, or back after a lost second factor. The only writer of their table.

A link is kept as a keyed digest, so that the table gives none away, and a new one ends the one before.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from cyberweek.people.models import OneTimeLink, Staff
from cyberweek.people.vault import Vault

ENTER = "enter"
RECOVER = "recover"
GOOD_FOR = {ENTER: timedelta(days=7), RECOVER: timedelta(hours=24)}


class BadLink(Exception):
    """Raised when a link lets nobody in; the subclasses say why."""


class UnknownLink(BadLink):
    """Raised for a link that was never given, or that a newer one has ended."""


class ExpiredLink(BadLink):
    """Raised for a link that is too old."""


class UsedLink(BadLink):
    """Raised for a link that has let somebody in already."""


def give(staff: Staff, purpose: str, *, vault: Vault, at: datetime, token: Callable[[], str]) -> str:
    """A new link's token for somebody; an earlier one for the same is over."""
    OneTimeLink.objects.filter(staff=staff, purpose=purpose).delete()
    made = token()
    OneTimeLink.objects.create(
        staff=staff, purpose=purpose, mark=_mark(vault, purpose, made), until=at + GOOD_FOR[purpose]
    )
    return made


def find(token: str, purpose: str, *, vault: Vault, at: datetime) -> OneTimeLink:
    """The link that a token stands for; looking changes nothing. Raises BadLink."""
    mark = _mark(vault, purpose, token)
    found = OneTimeLink.objects.filter(mark=mark, staff__is_active=True).select_related("staff").first()
    if found is None:
        raise UnknownLink
    if found.used_at is not None:
        raise UsedLink
    if found.until <= at:
        raise ExpiredLink
    return found


def use(link: OneTimeLink, *, at: datetime) -> Staff:
    """Use a link up, and say whom it lets in. Raises UsedLink when somebody was faster."""
    if not OneTimeLink.objects.filter(pk=link.pk, used_at=None).update(used_at=at):
        raise UsedLink
    return link.staff


def _mark(vault: Vault, purpose: str, token: str) -> str:
    return vault.mark(token, kind=f"link.{purpose}").hex()
