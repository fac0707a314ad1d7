"""The vault that marks what signing in has to find again without keeping it: links and their like."""

from __future__ import annotations

import secrets
from functools import lru_cache

from django.conf import settings

from cyberweek.people.vault import Vault


@lru_cache(maxsize=1)
def vault() -> Vault:
    return Vault(settings.SECRET_KEY, secrets.token_bytes)


def new_token() -> str:
    """A text that nobody guesses, short enough to be typed from paper."""
    return secrets.token_urlsafe(18)
