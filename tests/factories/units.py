"""Units as rows."""

from __future__ import annotations

from cyberweek.units.models import Unit


def unit(code: str = "bureau", **values: object) -> Unit:
    """A department that exists on every day; the same code gives the same unit."""
    found, _is_new = Unit.objects.get_or_create(code=code, defaults={"kind": "department", "name_zh": code, **values})
    return found
