"""Tags and filters of every surface: dates as people say them, figures, charts with their table, islands, pills, icons."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

import msgspec
from babel.dates import format_date
from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from cyberweek.kernel.clock import CHINA, from_ms, system_clock
from cyberweek.ui import figure as drawing
from cyberweek.ui import qr
from cyberweek.ui.icons import ICONS
from cyberweek.ui.words import word_of

register = template.Library()
_HEATS = 5
_SHORT_NAME, _LONG_NAME = 3, 7  # letters on a tile; Chinese names have at most four


@register.filter
def day(value: date | None) -> str:
    """Say a day with its weekday: 10月12日 周二, Tue 12 Oct."""
    return "" if value is None else _say(_local_day(value), pgettext("day", "M月d日 EEE"))


@register.filter
def short_day(value: date | None) -> str:
    """Say a day without its weekday: 10月12日, 12 Oct."""
    return "" if value is None else _say(_local_day(value), pgettext("day without weekday", "M月d日"))


@register.filter
def span(start: date | None, end: date | None) -> str:
    """Say a stretch of days without repeating what they share: 10月11日—17日, 11–17 Oct."""
    if start is None or end is None or start == end:
        return day(start or end)
    first, last = _local_day(start), _local_day(end)
    if first.year != last.year:
        shape = pgettext("day with year", "y年M月d日")
        return _("%(start)s—%(end)s") % {"start": _say(first, shape), "end": _say(last, shape)}
    if first.month != last.month:
        shape = pgettext("day without weekday", "M月d日")
        return _("%(start)s—%(end)s") % {"start": _say(first, shape), "end": _say(last, shape)}
    return _("%(start)s—%(end)s") % {
        "start": _say(first, pgettext("first day of a span in one month", "M月d日")),
        "end": _say(last, pgettext("last day of a span in one month", "d日")),
    }


@register.filter
def moment(value: datetime | int | None, now: datetime | None = None) -> str:
    """Say a moment as people do: 今天 20:00, 明天 09:30, 10月12日 20:00. A number is milliseconds, as in the ledger."""
    if value is None:
        return ""
    at = _local(value)
    today = _local(now if isinstance(now, datetime) else system_clock()).date()
    return f"{_near_day(at.date(), today)} {at:%H:%M}"


@register.simple_tag(takes_context=True, name="moment")
def moment_in_context(context: template.Context, value: datetime | int | None) -> str:
    """Say a moment relative to the page's own `now`, where the view gives one."""
    return moment(value, context.get("now"))


@register.filter
def thousands(value: float | None) -> str:
    """Set a number with thousands apart; a missing one is a dash, never a zero."""
    return "–" if value is None or value == "" else f"{value:,}"


@register.simple_tag(name="figure")
def figure_tag(seed: object, theme: object = None, size: str = "large") -> SafeString:
    """Draw the campaign's figure (mark, small, large, poster); the theme day's number gives each day its own."""
    number = int(theme) if str(theme or "").isdigit() else 0
    return _figure(str(seed or ""), number, size)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Draw a small picture that stands beside a word, never alone; the word carries the meaning."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="1.8" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        mark_safe(ICONS[name]),  # noqa: S308 -- drawn here, above
    )


@register.simple_tag(name="qr")
def qr_tag(text: object) -> SafeString:
    """Draw a text as a QR code; what it leads to also stands beside it in words."""
    return format_html('<span class="qr-frame" aria-hidden="true">{}</span>', mark_safe(qr.svg(str(text))))  # noqa: S308 -- squares


@register.simple_tag
def status(word: str) -> SafeString:
    """Say a state as a pill: its colour, its sign and its word together."""
    said = word_of(str(word))
    sign = icon(said.icon) if said.icon else ""
    return format_html('<span class="pill pill-{}">{}{}</span>', said.tone, sign, said.label)


@register.inclusion_tag("ui/_bars.html")
def bars(series: Sequence[Mapping[str, object]], caption: str = "", most: float = 0) -> dict[str, object]:
    """Show quantities as bars inside their own table. Each of the series: label, value, and perhaps text and theme.

    `most` is what fills a bar, when it shall not be the greatest value.
    """
    most = most or max((float(item["value"]) for item in series), default=0) or 1
    rows = [{**item, "length": f"{float(item['value']) / most * 100:.2f}"} for item in series]
    return {"rows": rows, "caption": caption}


@register.inclusion_tag("ui/_cartogram.html")
def cartogram(
    tiles: Sequence[Mapping[str, object]], caption: str = "", heading: str = "", most: float = 0
) -> dict[str, object]:
    """Show districts as equal tiles, darker for more, with the table behind. Each: code, name, row, col, value, label.

    `most` is what has the darkest colour, when it shall not be the greatest value; `heading` says what the labels are.
    """
    most = most or max((float(tile["value"] or 0) for tile in tiles), default=0) or 1
    placed = [_tile(tile, most) for tile in tiles]
    return {
        "tiles": placed,
        "caption": caption,
        "heading": heading,
        "width": max((tile["x"] for tile in placed), default=0) + 56,
        "height": max((tile["y"] for tile in placed), default=0) + 56,
    }


@register.tag
def island(parser: template.base.Parser, token: template.base.Token) -> IslandNode:
    """Mount an island over what is written between the tags, which stays when no script runs."""
    words = token.split_contents()
    if len(words) not in {2, 3}:
        raise template.TemplateSyntaxError('write {% island "room/name" props %} … {% endisland %}')
    children = parser.parse(("endisland",))
    parser.delete_first_token()
    name, *props = (parser.compile_filter(word) for word in words[1:])
    return IslandNode(name, props[0] if props else None, children)


class IslandNode(template.Node):
    child_nodelists = ("children",)

    def __init__(
        self,
        name: template.base.FilterExpression,
        props: template.base.FilterExpression | None,
        children: template.NodeList,
    ) -> None:
        self.name = name
        self.props = props
        self.children = children

    def render(self, context: template.Context) -> SafeString:
        props = self.props.resolve(context) if self.props else {}
        return format_html(
            '<cw-island name="{}" data-props="{}">{}</cw-island>',
            self.name.resolve(context),
            msgspec.json.encode(props, enc_hook=_plain).decode(),
            self.children.render(context),
        )


@register.simple_tag
def islands() -> SafeString:
    """Load the script that mounts islands, when a front end has been built; pages work without it."""
    path = Path(settings.DJANGO_VITE["default"]["manifest_path"])
    if not path.exists():
        return mark_safe("")
    entry = _manifest(path, path.stat().st_mtime_ns).get("islands/mount.ts")
    return format_html('<script type="module" src="{}"></script>', static(entry["file"])) if entry else mark_safe("")


@lru_cache(maxsize=4)
def _manifest(path: Path, _changed: int) -> dict[str, dict[str, str]]:
    return json.loads(path.read_text())


@lru_cache(maxsize=256)
def _figure(seed: str, theme: int, size: str) -> SafeString:
    drawn = drawing.draw(seed, theme, size)
    line = drawing.SIZES[size].line
    rings = format_html_join(
        "", '<path class="contour" d="{}" opacity="{}"/>', ((c.path, c.weight) for c in drawn.contours)
    )
    return format_html(
        '<svg class="figure figure-{}" viewBox="0 0 {} {}" width="{}" height="{}" preserveAspectRatio="{}" '
        'aria-hidden="true" focusable="false"><g fill="none" stroke="currentColor" stroke-width="{}">'
        '<path class="outline" d="{}" stroke-width="{}"/>{}</g>'
        '<g class="river" fill="none" stroke="currentColor" stroke-width="{}">{}</g></svg>',
        *(size, drawn.width, drawn.height, drawn.width, drawn.height),
        "xMaxYMid slice" if size == "poster" else "xMidYMid meet",
        *(line, drawn.outline, round(line * 1.8, 2), rings, drawn.river_width),
        format_html_join("", '<path d="{}"/>', ((river,) for river in drawn.rivers)),
    )


def _tile(tile: Mapping[str, object], most: float) -> dict[str, object]:
    value = float(tile["value"] or 0)
    heat = 0 if value <= 0 else min(_HEATS - 1, 1 + int(value / most * (_HEATS - 1.001)))
    return {
        **tile,
        "x": int(tile["col"]) * 58,
        "y": int(tile["row"]) * 58,
        "heat": heat,
        "long": len(str(tile["name"])) > _SHORT_NAME,
        "longer": len(str(tile["name"])) > _LONG_NAME,
    }


def _plain(value: object) -> str:
    if isinstance(value, Promise):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} cannot be handed to an island; turn it into plain data first")


def _local(value: datetime | int) -> datetime:
    return (value if isinstance(value, datetime) else from_ms(value)).astimezone(CHINA)


def _local_day(value: date) -> date:
    return _local(value).date() if isinstance(value, datetime) else value


def _near_day(that: date, today: date) -> str:
    near = {-1: _("昨天"), 0: _("今天"), 1: _("明天")}
    away = (that - today) // timedelta(days=1)
    if away in near:
        return near[away]
    if that.year == today.year:
        return short_day(that)
    return _say(that, pgettext("day with year", "y年M月d日"))


def _say(value: date, shape: str) -> str:
    return format_date(value, shape, locale="en" if get_language() == "en" else "zh_Hans")
