"""Read letters and deliveries for pages. Never writes."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, QuerySet

from cyberweek.messages.models import Delivery, Letter


def letters(seats: Collection[int]) -> QuerySet[Letter]:
    """The letters of some seats, the newest first."""
    return Letter.objects.filter(seat__in=seats).select_related("seat__unit")


def unread(seats: Collection[int]) -> int:
    return Letter.objects.filter(seat__in=seats, read_at=None).count()


def standings() -> dict[str, int]:
    """How many deliveries stand how."""
    return dict(Delivery.objects.order_by().values_list("standing").annotate(Count("pk")))


def stuck() -> QuerySet[Delivery]:
    """Deliveries that somebody has to look at: failed ones, and those of which nobody is sure."""
    wanted = (Delivery.Standing.UNSURE, Delivery.Standing.FAILED)
    return Delivery.objects.filter(standing__in=wanted).select_related("letter__seat__unit", "staff")
