"""Read what residents' pages show, in a constant number of queries. Never writes; reads no draft of an activity kind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cyberweek.component.ports import DrawNotice, draw_notices, metrics, play_links
from cyberweek.ledger.queries import counts
from cyberweek.plan.models import Activity, Campaign, ThemeDay
from cyberweek.plan.words import KIND_NAMES
from cyberweek.portal.kinds import ROLE_NAMES, STANDING_TITLES, WEEKDAYS

FIGURES = ("quiz.participants", "quiz.answers", "quiz.papers")
SHORT_PART = 2


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the week's line."""

    date: date
    theme: ThemeDay | None
    standing: str

    @property
    def weekday(self) -> str:
        return str(WEEKDAYS[self.date.weekday()])


@dataclass(frozen=True, slots=True)
class Part:
    """The units that have one role in an activity."""

    label: str
    names: tuple[str, ...]

    @property
    def short(self) -> str:
        shown = _("、").join(self.names[:SHORT_PART])
        if len(self.names) <= SHORT_PART:
            return shown
        return _("%(names)s等 %(count)d 家") % {"names": shown, "count": len(self.names)}


@dataclass(frozen=True, slots=True)
class Item:
    """An activity as lists show it: how it stands, who is behind it, where it can be played now, what its draw says."""

    activity: Activity
    standing: str
    play_url: str | None
    parts: tuple[Part, ...]
    draw: DrawNotice | None = None

    @property
    def kind_name(self) -> str:
        return str(KIND_NAMES.get(self.activity.kind, self.activity.kind))


@dataclass(frozen=True, slots=True)
class Group:
    """Items under a heading: a standing, or a day with its theme."""

    title: str
    items: list[Item]
    date: date | None = None
    theme: ThemeDay | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked the programme for."""

    kind: str = ""
    day: date | None = None
    words: str = ""

    @property
    def is_all(self) -> bool:
        return not (self.kind or self.day or self.words)


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline figure in words."""

    name: str
    label: str
    value: int
    today: int


def week(campaign: Campaign, today: date) -> list[DayLine]:
    """The days from first to last with their theme days."""
    themes = {each.date: each for each in campaign.theme_days.prefetch_related("lead_rows__unit")}
    days = [campaign.starts + timedelta(days=n) for n in range((campaign.ends - campaign.starts).days + 1)]
    return [DayLine(day, themes.get(day), _day_standing(day, today)) for day in days]


def items(campaign: Campaign, today: date, asked: Asked = Asked()) -> list[Item]:
    """The activities of a campaign, filtered; four queries whatever their number."""
    found = _whole(campaign.activities.all())
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.day is not None:
        found = found.filter(_on(asked.day))
    if asked.words:
        found = found.filter(_about(asked.words)).distinct()
    return _items(list(found), today)


def item(campaign: Campaign, slug: str, today: date) -> Item | None:
    """One activity by its slug."""
    found = _items(list(_whole(campaign.activities.filter(slug=slug))), today)
    return found[0] if found else None


def by_standing(found: Collection[Item]) -> list[Group]:
    """What is on now first, and there what can be played first; then what comes, then what is over."""
    return [
        Group(str(title), members)
        for standing, title in STANDING_TITLES.items()
        if (members := sorted((each for each in found if each.standing == standing), key=_eagerness))
    ]


def by_day(found: list[Item], days: list[DayLine], asked: Asked) -> list[Group]:
    """The programme's groups: all of one asked day, else each day with what begins on it, what has no date last."""
    themes = {each.date: each.theme for each in days}
    if asked.day is not None:
        return [Group("", found, asked.day, themes.get(asked.day))] if found else []
    dates = {each.activity.starts for each in found if each.activity.starts}
    if asked.is_all:
        dates |= {day for day, theme in themes.items() if theme}
    groups = [Group("", _beginning(found, day), day, themes.get(day)) for day in sorted(dates)]
    undated = _beginning(found, None)
    return [*groups, Group(_("日期待定"), undated)] if undated else groups


def themes_of(activity: Activity, campaign: Campaign) -> list[ThemeDay]:
    """The theme days that an activity belongs to: its own day's, or all that it consists of."""
    is_one_day = activity.starts and (activity.ends or activity.starts) == activity.starts
    if not is_one_day and activity.kind != "theme-days":
        return []
    last = activity.ends or activity.starts or campaign.ends
    return list(campaign.theme_days.filter(date__gte=activity.starts or campaign.starts, date__lte=last))


def figures(found: Collection[Item], today: date) -> list[Figure]:
    """The campaign's headline figures, from its own activities."""
    ours = {each.activity.pk for each in found}
    sums: dict[tuple[str, str], int] = {}
    for (metric, activity, bucket), value in counts(FIGURES).items():
        if activity in ours:
            sums[metric, bucket] = sums.get((metric, bucket), 0) + value
    known = {each.name: each for each in metrics}
    return [_figure(known[name], sums, today) for name in FIGURES if name in known]


def unit_label(kind: str) -> tuple[str, str]:
    """What people call facts of a kind, and their measure word, after the metric that counts them one by one."""
    for each in metrics:
        if each.kind == kind and not each.distinct and each.value is None:
            return _(each.label), _(each.unit)
    return kind, ""


def _figure(metric: Any, sums: dict[tuple[str, str], int], today: date) -> Figure:
    day = sums.get((metric.name, today.isoformat()), 0)
    return Figure(metric.name, _(metric.label), sums.get((metric.name, ""), 0), day)


def _whole(found: QuerySet[Activity]) -> QuerySet[Activity]:
    return found.select_related("visibility").prefetch_related("unit_roles__unit")


def _on(day: date) -> Q:
    is_alone = Q(ends=None, starts=day)
    return is_alone | Q(starts__lte=day, ends__gte=day)


def _about(words: str) -> Q:
    named = Q(name_zh__icontains=words) | Q(name_en__icontains=words) | Q(place_zh__icontains=words)
    told = Q(summary_zh__icontains=words) | Q(summary_en__icontains=words) | Q(place_en__icontains=words)
    unit = Q(unit_roles__unit__name_zh__icontains=words) | Q(unit_roles__unit__name_en__icontains=words)
    return named | told | unit


def _items(found: list[Activity], today: date) -> list[Item]:
    notices = {pk: notice for offer in draw_notices for pk, notice in offer(found).items()}
    return [_item(each, today, notices.get(each.pk)) for each in found]


def _item(activity: Activity, today: date, draw: DrawNotice | None) -> Item:
    shown = getattr(activity, "visibility", None)
    standing = _standing(activity, shown, today)
    is_out = standing == "open" and shown is not None and shown.release_id is not None
    return Item(activity, standing, _play_url(activity) if is_out else None, _parts(activity), draw)


def _parts(activity: Activity) -> tuple[Part, ...]:
    rows = activity.unit_roles.all()
    named = {role: tuple(each.unit.name for each in rows if each.role == role) for role in ROLE_NAMES}
    return tuple(Part(str(ROLE_NAMES[role]), names) for role, names in named.items() if names)


def _play_url(activity: Activity) -> str | None:
    return next((url for offer in play_links if (url := offer(activity))), None)


def _standing(activity: Activity, shown: Any, today: date) -> str:
    if shown is not None and shown.withdrawn:
        return "withdrawn"
    last = activity.ends or activity.starts
    if activity.starts is None or today < activity.starts:
        return "not-open"
    return "closed" if last and today > last else "open"


def _day_standing(day: date, today: date) -> str:
    if day == today:
        return "today"
    return "past" if day < today else "ahead"


def _beginning(found: Collection[Item], day: date | None) -> list[Item]:
    return [each for each in found if each.activity.starts == day]


def _eagerness(each: Item) -> tuple[bool, date, int]:
    return (each.play_url is None, each.activity.ends or each.activity.starts or date.max, each.activity.no)
