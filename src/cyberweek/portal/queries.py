"""Read what residents' pages show, in a constant number of queries. Never writes; reads no draft of an activity kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from cyberweek.component.models import Visibility
from cyberweek.component.ports import play_links
from cyberweek.plan.models import Activity, Campaign, ThemeDay


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the week's line."""

    date: date
    theme: ThemeDay | None
    standing: str


@dataclass(frozen=True, slots=True)
class Item:
    """An activity as lists show it: when it stands, and where it can be played now."""

    activity: Activity
    standing: str
    play_url: str | None


def week(campaign: Campaign, today: date) -> list[DayLine]:
    """The days from first to last with their theme days."""
    themes = {each.date: each for each in campaign.theme_days.all()}
    days = [campaign.starts + timedelta(days=n) for n in range((campaign.ends - campaign.starts).days + 1)]
    return [DayLine(day, themes.get(day), _day_standing(day, today)) for day in days]


def items(campaign: Campaign, today: date, *, kind: str = "", day: date | None = None, words: str = "") -> list[Item]:
    """The activities of a campaign, filtered; four queries whatever their number."""
    found: QuerySet[Activity] = campaign.activities.prefetch_related("unit_roles__unit")
    if kind:
        found = found.filter(kind=kind)
    if day is not None:
        found = found.filter(Q(starts=None) | Q(starts__lte=day), Q(ends=None) | Q(ends__gte=day))
    if words:
        named = Q(name_zh__icontains=words) | Q(name_en__icontains=words)
        found = found.filter(named | Q(summary_zh__icontains=words) | Q(summary_en__icontains=words))
    shown = {each.activity_id: each for each in Visibility.objects.filter(activity__campaign=campaign)}
    return [Item(each, _standing(each, shown.get(each.pk), today), _play_url(each, shown.get(each.pk))) for each in found]


def item(campaign: Campaign, slug: str, today: date) -> Item | None:
    """One activity by its slug."""
    found = campaign.activities.filter(slug=slug).prefetch_related("unit_roles__unit").first()
    if found is None:
        return None
    shown = Visibility.objects.filter(activity=found).first()
    return Item(found, _standing(found, shown, today), _play_url(found, shown))


def _play_url(activity: Activity, shown: Visibility | None) -> str | None:
    if shown is None or shown.withdrawn or shown.release_id is None:
        return None
    return next((url for offer in play_links if (url := offer(activity))), None)


def _standing(activity: Activity, shown: Visibility | None, today: date) -> str:
    if shown is not None and shown.withdrawn:
        return "withdrawn"
    if activity.starts and today < activity.starts:
        return "before"
    if activity.ends and today > activity.ends:
        return "after"
    return "open"


def _day_standing(day: date, today: date) -> str:
    if day == today:
        return "today"
    return "past" if day < today else "ahead"
