"""How staff are reached outside the house: an address for mail, and a mobile number, sealed so that the table gives none away."""

from __future__ import annotations

import secrets
from functools import lru_cache

from django.conf import settings

from cyberweek.people.models import Staff
from cyberweek.people.vault import CannotOpen, Suite, Vault


@lru_cache(maxsize=1)
def vault() -> Vault:
    return Vault(settings.VAULT_KEY, secrets.token_bytes, Suite[settings.VAULT_CIPHER])


def set_contact(staff: Staff, *, email: str, phone: str) -> None:
    """Keep how somebody is reached; an empty one is forgotten."""
    staff.email = email
    staff.phone = vault().seal(phone, about=_about(staff.pk)) if phone else None
    staff.save(update_fields=["email", "phone"])


def number_of(staff: int, sealed: bytes) -> str:
    """The mobile number of somebody. Raises CannotOpen."""
    return vault().open(sealed, about=_about(staff))


def number(staff: Staff) -> str:
    """The mobile number of somebody; '' when there is none, or none that this installation's key opens."""
    try:
        return number_of(staff.pk, bytes(staff.phone)) if staff.phone else ""
    except CannotOpen:
        return ""


def _about(staff: int) -> str:
    return f"staff.phone:{staff}"
