"""Read what residents' pages show, in a constant number of queries. Never writes; reads no draft of an activity kind."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from cyberweek.component.ports import DrawNotice, PlayLink, district_links, draw_notices, metrics, play_links
from cyberweek.kernel.windows import Phase
from cyberweek.ledger.queries import counts
from cyberweek.plan.models import Activity, Campaign, ThemeDay
from cyberweek.plan.words import KIND_NAMES
from cyberweek.portal.kinds import ROLE_NAMES, STANDING_TITLES, WEEKDAYS
from cyberweek.units.models import Unit

FIGURES = ("quiz.participants", "quiz.answers", "quiz.papers")
SHORT_PART = 2
_STANDINGS = {Phase.BEFORE: "not-open", Phase.OPEN: "open", Phase.AFTER: "closed"}


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
    """An activity as lists show it: how it stands, who is behind it, where and when it is played, what its draw says.

    Awaited is what would be played here, whose day has come, and of which nothing is published.
    """

    activity: Activity
    standing: str
    link: PlayLink | None
    parts: tuple[Part, ...]
    draw: DrawNotice | None = None
    is_awaited: bool = False

    @property
    def play_url(self) -> str | None:
        """Where it can be played at this moment."""
        return self.link.url if self.link and self.standing == "open" else None

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


def items(campaign: Campaign, now: datetime, asked: Asked = Asked()) -> list[Item]:
    """The activities of a campaign, filtered; four queries whatever their number."""
    found = _whole(campaign.activities.all())
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.day is not None:
        found = found.filter(_on(asked.day))
    if asked.words:
        found = found.filter(_about(asked.words)).distinct()
    return _items(list(found), now)


def item(campaign: Campaign, slug: str, now: datetime) -> Item | None:
    """One activity by its slug."""
    return next(iter(_items(list(_whole(campaign.activities.filter(slug=slug))), now)), None)


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


def unit_coded(code: str) -> Unit | None:
    return Unit.objects.filter(code=code).first() if code else None


def districts_url(found: Collection[Item]) -> str | None:
    """Where residents see the districts of what is played now, by the first that shows them."""
    links = (offer(each.activity) for each in found if each.play_url for offer in district_links)
    return next((url for url in links if url), None)


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


def _items(found: list[Activity], now: datetime) -> list[Item]:
    links = {pk: link for offer in play_links for pk, link in offer(found).items()}
    notices = {pk: notice for offer in draw_notices for pk, notice in offer(found).items()}
    return [
        _item(each, links.get(each.pk), now, notices.get(each.pk), is_played_here=each.pk in links) for each in found
    ]


def _item(
    activity: Activity, link: PlayLink | None, now: datetime, draw: DrawNotice | None, *, is_played_here: bool
) -> Item:
    standing = _standing(activity, link, now)
    if is_played_here and link is None and standing == "open":
        return Item(activity, "not-open", None, _parts(activity), draw, is_awaited=True)
    return Item(activity, standing, link, _parts(activity), draw)


def _parts(activity: Activity) -> tuple[Part, ...]:
    rows = activity.unit_roles.all()
    named = {role: tuple(each.unit.name for each in rows if each.role == role) for role in ROLE_NAMES}
    return tuple(Part(str(ROLE_NAMES[role]), names) for role, names in named.items() if names)


def _standing(activity: Activity, link: PlayLink | None, now: datetime) -> str:
    """How an activity stands: by the hours of what is published, else by the plan's days."""
    shown = getattr(activity, "visibility", None)
    if shown is not None and shown.withdrawn:
        return "withdrawn"
    if link is not None:
        return _STANDINGS[link.window.phase(now)]
    today, last = localdate(now), activity.ends or activity.starts
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
