"""Acts on releases, as people say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from cyberweek.component.facts import ReleasePublished, ReleaseWithdrawn


def act_words(kind: str, body: Mapping[str, Any]) -> str | None:
    """Say a fact about a release by its kind and body; None for a fact that belongs to another room."""
    if kind == ReleasePublished.KIND:
        return _("公布第 %(number)d 版，摘要 %(digest)s") % {"number": body["number"], "digest": body["digest"][:12]}
    if kind == ReleaseWithdrawn.KIND:
        return _("撤下第 %(number)d 版：%(reason)s") % dict(body)
    return None
