"""Move a campaign's whole calendar, for a demo or for next year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TypeVar, cast

import msgspec

from cyberweek.plan.folder import CampaignFolder

T = TypeVar("T")


def shift(folder: CampaignFolder, today: date) -> CampaignFolder:
    """Return the same campaign with today as its second day."""
    return moved(folder, today - timedelta(days=1) - folder.about.starts)


def moved(value: T, by: timedelta) -> T:
    """Return the same value with every date in it moved by the same number of days."""
    if isinstance(value, date):
        return cast("T", value + by)
    if isinstance(value, tuple):
        return cast("T", tuple(moved(each, by) for each in value))
    if isinstance(value, msgspec.Struct):
        fields = {name: moved(getattr(value, name), by) for name in value.__struct_fields__}
        return cast("T", msgspec.structs.replace(value, **fields))
    return value
