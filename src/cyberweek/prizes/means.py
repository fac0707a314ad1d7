"""The keys, the gateway and the randomness of this installation, from its settings."""

from __future__ import annotations

import secrets
from functools import lru_cache

from django.conf import settings

from cyberweek.kernel.clock import CHINA, system_clock
from cyberweek.messages.gateways import FileGateway, gateway
from cyberweek.people.vault import Suite, Vault
from cyberweek.prizes.services.claims import Means


@lru_cache(maxsize=1)
def means() -> Means:
    return Means(vault(), gateway(settings.SMS_GATEWAY, key=settings.SMS_KEY, now=_now), secrets.token_bytes)


@lru_cache(maxsize=1)
def vault() -> Vault:
    return Vault(settings.VAULT_KEY, secrets.token_bytes, Suite[settings.VAULT_CIPHER])


def demo_text() -> str:
    """What the demo would have sent last, so that whoever tries it needs no phone; empty in a real installation."""
    sender = means().gateway
    return sender.last_words() if settings.DEMO and isinstance(sender, FileGateway) else ""


def _now() -> str:
    return system_clock().astimezone(CHINA).isoformat(timespec="seconds")
