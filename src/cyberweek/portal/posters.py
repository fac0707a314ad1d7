"""The poster by which people pass an activity on: drawn here, 1080 by 1440 pixels, the same bytes for the same words."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cyberweek.plan.models import Activity, Campaign
from cyberweek.ui import qr, typeset
from cyberweek.ui.engraving import engrave
from cyberweek.ui.templatetags.ui import span
from cyberweek.ui.tokens import colours

SHEET = Path(__file__).parent / "sheets" / "poster.typ"
KEPT = 64  # posters
LARGE, SMALL = 112, 84  # points
ROOM = 18  # letters that fit on two lines when they are large; a Chinese one takes the room of two


class Poster(NamedTuple):
    """What stands on a poster; `address` is where its code leads, `unit` for whom, '' for nobody."""

    lang: str
    seed: str
    campaign: str
    title: str
    call: str
    unit: str
    scan: str
    dates: str
    address: str


def words(campaign: Campaign, activity: Activity, unit: str, address: str) -> Poster:
    """What stands on an activity's poster, in the language of the page."""
    return Poster(
        lang="en" if get_language() == "en" else "zh",
        seed=campaign.seed,
        campaign=campaign.name,
        title=activity.name,
        call=_("网络安全，一起守住"),
        unit=_("为%(unit)s参加") % {"unit": unit} if unit else "",
        scan=_("扫码参加"),
        dates=span(activity.starts or campaign.starts, activity.ends or campaign.ends),
        address=address,
    )


@lru_cache(maxsize=KEPT)
def draw(poster: Poster) -> bytes:
    """The picture, as PNG."""
    ink, light, river = (colours()[each] for each in ("field-ink", "on-field", "field-signal"))
    words = poster._asdict() | {
        "ink": ink,
        "light": light,
        "size": str(points(poster.title)),
        "figure": engrave(poster.seed, 0, "large", ink=light, river=river, fade=0.55),
        "qr": qr.svg(poster.address, whole=True),
        "address": poster.address.partition("?")[0],
    }
    return typeset.png(SHEET, words)


def points(title: str) -> int:
    """How large a title is set, so that it needs two lines at most."""
    width = sum(2 if ord(each) > 0x2E80 else 1 for each in title)  # noqa: PLR2004 -- where Chinese begins
    return LARGE if width <= ROOM else SMALL
