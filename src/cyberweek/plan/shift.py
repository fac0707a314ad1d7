"""Move a campaign's whole calendar, for a demo or for next year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec

from cyberweek.plan.folder import CampaignFolder


def shift(folder: CampaignFolder, today: date) -> CampaignFolder:
    """Return the same campaign with today as its second day; every date moves by the same number of days."""
    by = today - timedelta(days=1) - folder.about.starts
    return CampaignFolder(
        _moved(folder.about, by),
        tuple(_moved(each, by) for each in folder.activities),
        tuple(_moved(each, by) for each in folder.theme_days),
        tuple(_moved(each, by) for each in folder.tasks),
        tuple(_moved(each, by) for each in folder.deadlines),
    )


def _moved(struct: Any, by: timedelta) -> Any:
    dates = {
        name: getattr(struct, name) + by for name in struct.__struct_fields__ if isinstance(getattr(struct, name), date)
    }
    return msgspec.structs.replace(struct, **dates)
