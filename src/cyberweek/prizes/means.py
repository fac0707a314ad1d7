"""The keys, the gateway and the randomness of this installation, from its settings."""

from __future__ import annotations

import secrets
from functools import lru_cache

from django.conf import settings

from cyberweek.kernel.clock import CHINA, system_clock
from cyberweek.messages.gateways import FileGateway, gateway
from cyberweek.people.vault import Suite, Vault
from cyberweek.prizes import queries, receipt
from cyberweek.prizes.models import Draw, Ranked
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


def demo_receipt(draw: Draw) -> str:
    """A receipt of the demo that can still claim, so that whoever tries it need not win; empty in a real installation."""
    if not settings.DEMO or draw.pack_id is None:
        return ""
    taken = queries.claims(draw).values("rank")
    still_open = Ranked.objects.filter(draw=draw).exclude(rank__in=taken).exclude(prize="")
    leaves, sheet = {bytes(each.leaf) for each in still_open}, queries.sheet_of(draw)
    found = next((each for each in queries.every_chance(draw, sheet) if each.leaf in leaves), None)
    if found is None:
        return ""
    written = receipt.write(activity=draw.pk, day=found.day, code=found.code)
    return queries.receipt_of(draw, queries.chance_in(draw, sheet, written, vault())).decode()


def _now() -> str:
    return system_clock().astimezone(CHINA).isoformat(timespec="seconds")
