"""Carry deliveries out of the house, each exactly once, whatever dies and whatever the clock does.

A delivery is claimed, sent, and marked; each is a commit of its own. One that a dead process left claimed may have gone out:
a text is sent again under the same id, of which the gateway takes one; of a mail nobody can be sure, so it waits for a person
who decides. Nothing is decided by a time of day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from cyberweek.messages.gateways import Gateway, NotSent, Text
from cyberweek.messages.mail import Mail, Mailbox, Refused, Unsure
from cyberweek.messages.models import Delivery
from cyberweek.messages.services import MAIL, TEXT
from cyberweek.messages.turn import turn
from cyberweek.people.models import Holding, Staff
from cyberweek.people.vault import CannotOpen

Standing = Delivery.Standing
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Means:
    """What carries: a mailbox, or none; a gateway for texts; how a sealed number is opened; the address of the site."""

    mailbox: Mailbox | None
    gateway: Gateway
    number: Callable[[int, bytes], str]
    base: str = ""


class NoMeans(Exception):
    """Raised when a delivery's channel is not set up here."""


def deliver(means: Means, at: datetime) -> int:
    """Carry what waits; returns how many went out. Does nothing while another process carries."""
    with turn() as is_held:
        if not is_held:
            return 0
        _settle_abandoned(at)
        return _carry(means, at)


def _carry(means: Means, at: datetime) -> int:
    gone, away = 0, set[str]()
    waiting = Delivery.objects.filter(standing=Standing.WAITING).select_related("letter__seat", "staff")
    for delivery in waiting.order_by("pk")[:AT_ONCE]:
        if delivery.channel in away or not _claimed(delivery):
            continue
        try:
            _send(delivery, means)
        except (NotSent, NoMeans) as error:
            away.add(delivery.channel)  # the rest of the round would only knock at the same door
            _mark(delivery, Standing.WAITING, note=str(error))
        except Refused as error:
            _mark(delivery, Standing.FAILED, note=str(error), at=at)
        except Unsure as error:
            _mark(delivery, Standing.UNSURE, note=str(error), at=at)
        else:
            gone += 1
            _mark(delivery, Standing.SENT, at=at)
    return gone


def _settle_abandoned(at: datetime) -> None:
    """Whoever holds the turn is alone: what is claimed now was claimed by a process that is no more."""
    left = Delivery.objects.filter(standing=Standing.SENDING)
    left.filter(channel=TEXT).update(standing=Standing.WAITING)
    left.filter(channel=MAIL).update(
        standing=Standing.UNSURE, note="the process ended while it was sent", settled_at=at
    )


def _claimed(delivery: Delivery) -> bool:
    waiting = Delivery.objects.filter(pk=delivery.pk, standing=Standing.WAITING)
    return bool(waiting.update(standing=Standing.SENDING, tries=delivery.tries + 1))


def _mark(delivery: Delivery, standing: str, *, note: str = "", at: datetime | None = None) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(standing=standing, note=note[:120], settled_at=at)


def _send(delivery: Delivery, means: Means) -> None:
    letter, staff = delivery.letter, delivery.staff
    if not Holding.objects.filter(seat=letter.seat_id, staff=staff, until=None).exists():
        raise Refused("whoever it was for holds the seat no more")
    if delivery.channel == TEXT:
        means.gateway.send(Text(f"letter-{delivery.pk}", _number(staff, means), f"【网安周】{letter.subject}"))
        return
    if means.mailbox is None:
        raise NoMeans("no mail server is set up")
    link = f"\n\n{means.base}{letter.url}" if letter.url and means.base else ""
    if not staff.email:
        raise Refused("the address was deleted")
    means.mailbox.send(Mail(f"letter-{delivery.pk}", staff.email, letter.subject, f"{letter.text}{link}\n"))


def _number(staff: Staff, means: Means) -> str:
    try:
        return means.number(staff.pk, bytes(staff.phone or b""))
    except CannotOpen:
        raise Refused("there is no number that this installation's key opens") from None
