"""The mailbox, the gateway and the keys of this installation, from its settings."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from cyberweek.kernel.clock import CHINA, system_clock
from cyberweek.messages.gateways import gateway
from cyberweek.messages.mail import mailbox
from cyberweek.messages.postman import Means, deliver
from cyberweek.people.contacts import number_of


@lru_cache(maxsize=1)
def means() -> Means:
    sender = gateway(settings.SMS_GATEWAY, key=settings.SMS_KEY, now=_now)
    return Means(mailbox(settings.MAIL), sender, number_of, settings.SITE)


def carry(at) -> int:
    """Carry what waits, by this installation's means."""
    return deliver(means(), at)


def _now() -> str:
    return system_clock().astimezone(CHINA).isoformat(timespec="seconds")
