"""How sheets, prizes and claims are said on pages."""

from __future__ import annotations

from django import template
from django.core import signing
from django.urls import reverse
from django.utils.translation import get_language

from cyberweek.people.models import Seat
from cyberweek.people.queries import seat_name
from cyberweek.people.vault import CannotOpen
from cyberweek.prizes.means import vault
from cyberweek.prizes.models import Claim
from cyberweek.prizes.services.claims import masked, phone_of
from cyberweek.prizes.sheet import FEN, Prize, Sheet
from cyberweek.prizes.words import iso, why_marked

register = template.Library()


register.filter(iso)
register.filter("why", why_marked)


@register.filter
def yuan(fen: int) -> str:
    return f"{fen / FEN:,.2f}".removesuffix(".00")


@register.filter
def named(prize: Prize) -> str:
    """The name of a prize in the page's language."""
    return prize.name_en if get_language() == "en" and prize.name_en else prize.name_zh


@register.filter
def seat(value: Seat) -> str:
    """Which seat acted; who holds it is nobody's business here."""
    return seat_name(value)


@register.simple_tag
def prize_name(sheet: Sheet, code: str) -> str:
    return named(sheet.prize(code))


@register.simple_tag
def masked_phone(claim: Claim) -> str:
    """The number of a claim as it may be published; nothing of it when the vault's key is another one."""
    try:
        return masked(phone_of(claim, vault()))
    except CannotOpen:
        return "*" * 11


@register.simple_tag
def done_url(slug: str, claim: Claim) -> str:
    return reverse("prizes:done", args=[slug, signing.dumps(claim.pk, salt="prizes.claim")])
