"""A campaign again in another year: the plan moved, and whatever rooms keep as drafts of it.

Copies no release, no fact and no person; bank and units are the house's and belong to every year.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import msgspec
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from cyberweek.component import ports
from cyberweek.component.ports import Copying
from cyberweek.plan.folder import About, CampaignFolder, folder_of, save
from cyberweek.plan.models import Campaign
from cyberweek.plan.shift import moved

Row = TypeVar("Row", bound=models.Model)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(T.+)?")


class CannotClone(Exception):
    """Raised when a campaign cannot be copied; `field` is what to choose anew, the message says why."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@transaction.atomic
def clone(source: Campaign, *, starts: date, slug: str = "", name_zh: str = "") -> Campaign:
    """Make the campaign again from another first day, for nobody to see yet. Raises CannotClone.

    Without a slug or a name, those of the source are taken with the new year.
    """
    by = starts - source.starts
    folder = _moved(folder_of(source), by)
    about = _renamed(folder.about, starts.year)
    wanted = msgspec.structs.replace(about, slug=slug or about.slug, name_zh=name_zh or about.name_zh)
    copy = _save(msgspec.structs.replace(folder, about=wanted), is_demo=source.is_demo)
    copies = {each.slug: each for each in copy.activities.all()}
    pairs = [(each, copies[each.slug]) for each in source.activities.all()]
    for offer in ports.copies:
        offer(Copying(source, copy, by, pairs))
    return copy


def copied(row: Row, by: timedelta, **changes: Any) -> Row:
    """A new row, not yet saved, that says what another does but for these changes, with its moments moved."""
    columns = row._meta.concrete_fields  # noqa: SLF001 -- the documented way to ask a row for its columns
    kept = [each for each in columns if each.name not in changes and not each.primary_key]
    return type(row)(**{each.attname: moved_within(getattr(row, each.attname), by) for each in kept}, **changes)


def moved_within(value: Any, by: timedelta) -> Any:
    """The same value with every moment in it moved: dates, texts that are one in ISO 8601, and those in lists and tables."""
    if isinstance(value, date):
        return value + by
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return _moved_text(value, by)
    if isinstance(value, list):
        return [moved_within(each, by) for each in value]
    if isinstance(value, dict):
        return {name: moved_within(each, by) for name, each in value.items()}
    return value


def _moved(folder: CampaignFolder, by: timedelta) -> CampaignFolder:
    try:
        return moved(folder, by)
    except OverflowError:
        raise CannotClone("starts", _("这一天太远，日历上没有：请换一个开始日期。")) from None


def _renamed(about: About, year: int) -> About:
    names = {name: _YEAR.sub(str(year), getattr(about, name)) for name in ("slug", "name_zh", "name_en")}
    if not _YEAR.search(about.slug):
        names["slug"] = f"{about.slug}-{year}"
    return msgspec.structs.replace(about, **names)


def _save(folder: CampaignFolder, *, is_demo: bool) -> Campaign:
    try:
        with transaction.atomic():
            return save(folder, at=None, is_demo=is_demo)
    except IntegrityError:
        raise CannotClone(
            "slug", _("已经有简称为“%(slug)s”的活动周：请换一个简称。") % {"slug": folder.about.slug}
        ) from None


def _moved_text(text: str, by: timedelta) -> str:
    try:
        if "T" in text:
            return (datetime.fromisoformat(text) + by).isoformat()
        return (date.fromisoformat(text) + by).isoformat()
    except ValueError:
        return text
