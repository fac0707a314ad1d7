"""Filters and tags: what people read."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation
from django.utils.translation import gettext_lazy

from cyberweek.ui.icons import ICONS
from cyberweek.ui.templatetags import ui

NOW = datetime(2021, 10, 12, 2, 0, tzinfo=UTC)


def _render(text: str, **context: object) -> str:
    return Template("{% load ui %}" + text).render(Context(context))


def test_day_says_the_weekday() -> None:
    assert ui.day(date(2021, 10, 12)) == "10月12日 周二"


def test_day_of_a_moment_is_the_day_in_china() -> None:
    assert ui.day(datetime(2021, 10, 11, 16, 0, tzinfo=UTC)) == "10月12日 周二"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2021, 10, 11), date(2021, 10, 17), "10月11日—17日"),
        (date(2021, 9, 28), date(2021, 10, 3), "9月28日—10月3日"),
        (date(2021, 12, 28), date(2022, 1, 3), "2021年12月28日—2022年1月3日"),
        (date(2021, 10, 12), date(2021, 10, 12), "10月12日 周二"),
        (date(2021, 10, 12), None, "10月12日 周二"),
        (None, None, ""),
    ],
)
def test_span_says_only_what_differs(start: date | None, end: date | None, said: str) -> None:
    assert ui.span(start, end) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (datetime(2021, 10, 12, 12, 0, tzinfo=UTC), "今天 20:00"),
        (datetime(2021, 10, 12, 16, 30, tzinfo=UTC), "明天 00:30"),
        (datetime(2021, 10, 11, 1, 5, tzinfo=UTC), "昨天 09:05"),
        (datetime(2021, 10, 15, 1, 0, tzinfo=UTC), "10月15日 09:00"),
        (datetime(2020, 10, 15, 1, 0, tzinfo=UTC), "2020年10月15日 09:00"),
        (1634040000000, "今天 20:00"),
        (None, ""),
    ],
)
def test_moment_is_said_as_people_do(at: datetime | int | None, said: str) -> None:
    assert ui.moment(at, NOW) == said


def test_moment_tag_takes_now_from_the_page() -> None:
    assert _render("{% moment at %}", at=NOW, now=NOW) == "今天 10:00"


@pytest.mark.parametrize(("value", "said"), [(0, "0"), (1284093, "1,284,093"), (None, "–")])
def test_thousands(value: int | None, said: str) -> None:
    assert ui.thousands(value) == said


def test_status_says_an_unknown_word_as_it_is_and_safely() -> None:
    assert ui.status("<b>") == '<span class="pill pill-quiet">&lt;b&gt;</span>'


def test_status_has_word_tone_and_sign() -> None:
    pill = ElementTree.fromstring(ui.status("late"))

    assert (pill.attrib["class"], pill[0].tag, pill[0].tail) == ("pill pill-bad", "svg", "已逾期")


@pytest.mark.parametrize("name", ICONS)
def test_icon_is_valid_xml(name: str) -> None:
    assert ElementTree.fromstring(ui.icon(name)).attrib["aria-hidden"] == "true"


def test_island_keeps_its_children_and_hands_over_props() -> None:
    props = {"words": {"over": gettext_lazy("今天")}, "quote": "\"'<&"}

    html = _render('{% island "quiz/paper" props %}<p>{{ x }}</p>{% endisland %}', props=props, x="&")

    handed = unescape(html.split('data-props="')[1].split('">')[0])
    assert json.loads(handed) == {"words": {"over": "今天"}, "quote": "\"'<&"}
    assert html.endswith("<p>&amp;</p></cw-island>")


def test_island_without_props_hands_over_nothing() -> None:
    assert _render('{% island "a/b" %}{% endisland %}') == '<cw-island name="a/b" data-props="{}"></cw-island>'


def test_island_without_a_name_is_refused() -> None:
    with pytest.raises(TemplateSyntaxError, match="island"):
        Template("{% load ui %}{% island %}{% endisland %}")


def test_islands_emits_nothing_before_the_front_end_is_built(settings, tmp_path: Path) -> None:
    settings.DJANGO_VITE = {"default": {"manifest_path": tmp_path / "none.json"}}

    assert ui.islands() == ""


def test_islands_loads_the_mount_script(settings, tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.json"
    manifest.write_text('{"islands/mount.ts": {"file": "assets/mount-1.js"}}')
    settings.DJANGO_VITE = {"default": {"manifest_path": manifest}}

    assert ui.islands() == '<script type="module" src="/static/assets/mount-1.js"></script>'


def test_bars_are_their_own_table() -> None:
    rows = [{"label": "甲", "value": 4}, {"label": "乙", "value": 1, "text": "25 %"}]

    table = ElementTree.fromstring(_render("{% bars rows %}", rows=rows))

    assert [rect.attrib["width"] for rect in table.iter("rect")] == ["100.00", "25.00"]
    assert [cell.text for cell in table.iter("td") if cell.attrib] == ["4", "25 %"]


def test_cartogram_has_every_tile_in_its_table() -> None:
    tiles = [
        {"code": "1", "name": "甲区", "row": 0, "col": 1, "value": 0, "label": "0"},
        {"code": "2", "name": "乙区", "row": 2, "col": 0, "value": 9, "label": "9"},
    ]

    chart = ElementTree.fromstring(_render("{% cartogram tiles %}", tiles=tiles).replace("&nbsp;", " "))

    assert [group.attrib["class"] for group in chart.iter("g")] == ["heat-0", "heat-4"]
    assert chart.find("svg").attrib["viewBox"] == "0 0 114 172"
    assert [cell.text for cell in chart.iter("td")] == ["0", "9"]


def test_english_says_dates_in_its_own_order() -> None:
    with translation.override("en"):
        said = ui.day(date(2021, 10, 12)), ui.span(date(2021, 10, 11), date(2021, 10, 17)), ui.moment(NOW, NOW)

    assert said == ("Tue 12 Oct", "11–17 Oct", "Today 10:00")
