"""For which district and unit a device plays, as its cookie says it: chosen by the person, kept for thirty days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.conf import settings
from django.http import HttpResponse

from cyberweek.activities.quiz.queries import area_name
from cyberweek.activities.quiz.snapshot import Area, QuizSnapshot

AREA_COOKIE = "cw_area"
KEPT_S = 30 * 24 * 3600
NOT_SAID = "-"


class Chosen(NamedTuple):
    """Codes of a district and a unit: '' for what was never asked, NOT_SAID for a district that somebody kept back."""

    district: str = ""
    unit: str = ""

    @property
    def was_asked(self) -> bool:
        return self.district != ""


NOTHING = Chosen()


def chosen(cookies: Mapping[str, str], snapshot: QuizSnapshot) -> Chosen:
    """What the cookie says, as far as the release knows it."""
    district, _dot, unit = cookies.get(AREA_COOKIE, "").partition(".")
    is_known = district == NOT_SAID or district in snapshot.district_codes
    return Chosen(district if is_known else "", unit if unit in snapshot.unit_codes else "")


def keep(response: HttpResponse, wanted: Chosen) -> None:
    """Let this device remember it."""
    response.set_cookie(
        AREA_COOKIE, f"{wanted.district}.{wanted.unit}", max_age=KEPT_S, samesite="Lax", httponly=True,
        secure=settings.SECURE,
    )  # fmt: skip


def names(areas: tuple[Area, ...]) -> dict[str, str]:
    """By code, in the language of the page."""
    return {area.code: area_name(area) for area in areas}
