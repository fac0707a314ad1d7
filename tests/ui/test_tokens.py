"""The colours: readable on both grounds, and written nowhere but in tokens.css."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

import cyberweek.ui

STATIC = Path(cyberweek.ui.__file__).parent / "static" / "ui"
TEMPLATES = Path(cyberweek.ui.__file__).parent / "templates"
TOKENS = (STATIC / "tokens.css").read_text()
DAY = TOKENS.split("@media screen and (prefers-color-scheme: dark)")[0]
_NIGHTS = re.findall(r":root(?::not\(\[data-theme=\"light\"\]\)|\[data-theme=\"dark\"\]) \{([^}]*)\}", TOKENS)
THEMES = [f"theme-{n}" for n in range(1, 7)]
SAID_ON_GROUND = ["ink", "muted", "link", "signal", "good", "warn", "bad", *THEMES]
PAIRS = [
    *((word, ground) for word in SAID_ON_GROUND for ground in ("paper", "raised")),
    *((word, "sunk") for word in ("ink", "muted", "link")),
    ("on-signal", "signal"),
    ("ink", "signal-soft"),
    *((tone, f"{tone}-soft") for tone in ("good", "warn", "bad")),
    *(("ink", f"{tone}-soft") for tone in ("good", "warn", "bad")),
    *(("on-heat-low", f"heat-{n}") for n in range(3)),
    *(("on-heat-high", f"heat-{n}") for n in (3, 4)),
]
FIELDS = ["field-ink", "field-signal", *(f"field-{n}" for n in range(1, 7))]


def _colours(text: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", text))


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _too_faint(colours: dict[str, str]) -> list[tuple[str, str, float]]:
    measured = [(word, ground, round(_contrast(colours[word], colours[ground]), 2)) for word, ground in PAIRS]
    return [pair for pair in measured if pair[2] < 4.5]


def test_words_are_readable_by_day() -> None:
    assert _too_faint(_colours(DAY)) == []


def test_words_are_readable_by_night() -> None:
    assert _too_faint(_colours(DAY) | _colours(_NIGHTS[0])) == []


@pytest.mark.parametrize("field", FIELDS)
def test_text_on_a_field_is_readable(field: str) -> None:
    colours = _colours(DAY)

    assert _contrast(colours["on-field"], colours[field]) >= 4.5


def test_edges_of_inputs_are_visible_on_every_ground() -> None:
    seen = [
        _contrast(colours["edge"], colours[ground])
        for colours in (_colours(DAY), _colours(_NIGHTS[0]))
        for ground in ("paper", "raised")
    ]

    assert [ratio for ratio in seen if ratio < 3] == []


def test_night_is_the_same_by_wish_and_by_choice() -> None:
    wish, choice = (_colours(block) for block in _NIGHTS)

    assert wish == choice


def test_no_colour_is_written_outside_the_tokens() -> None:
    sheets = [path for path in STATIC.glob("*.css") if path.name != "tokens.css"]
    found = [
        (path.name, colour)
        for path in (*sheets, *TEMPLATES.rglob("*.html"))
        for colour in re.findall(r"(?<![&\w\"'])#[0-9a-fA-F]{3,8}\b(?!-)|\brgba?\(|\bhsla?\(", path.read_text())
    ]

    assert found == []


def test_every_token_in_use_is_defined() -> None:
    texts = [path.read_text() for path in STATIC.glob("*.css")]
    defined = {name for text in texts for name in re.findall(r"(--[\w-]+):", text)}
    used = {name for text in texts for name in re.findall(r"var\((--[\w-]+)\)", text)}

    assert used - defined == set()


def test_portal_styles_weigh_at_most_12_kb() -> None:
    sheets = [(STATIC / name).read_bytes() for name in ("tokens.css", "parts.css", "portal.css")]

    assert sum(len(gzip.compress(sheet)) for sheet in sheets) <= 12_000
