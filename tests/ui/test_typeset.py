"""Sheets: one font everywhere, and no character that silently becomes a box."""

from __future__ import annotations

from pathlib import Path

import pytest

from cyberweek.ui import qr, typeset
from cyberweek.ui.engraving import engrave
from cyberweek.ui.tokens import colours

SHEET = """#set document(title: "t", date: none)
#set page(width: 100pt, height: 50pt, margin: 5pt)
#set text(font: sys.inputs.font, lang: "zh")
#sys.inputs.name
"""
BANK = Path(__file__).parents[2] / "src" / "cyberweek" / "questions" / "bank"


@pytest.fixture
def sheet(tmp_path) -> Path:
    path = tmp_path / "sheet.typ"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_a_picture_has_a_pixel_for_each_point(sheet):
    picture = typeset.png(sheet, {"name": "网安周"})

    assert (int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")) == (100, 50)


def test_rare_characters_of_names_are_printed(sheet):
    assert typeset.pdf(sheet, {"name": "㸃𠮷䶮喆堃㛃𫖯𬭎赟翀祎"}).startswith(b"%PDF")


def test_every_character_of_the_bank_is_printed(sheet):
    used = sorted(
        {each for path in BANK.glob("*.toml") for each in path.read_text(encoding="utf-8") if each.isprintable()}
    )

    assert typeset.pdf(sheet, {"name": "".join(used)}).startswith(b"%PDF")


@pytest.mark.parametrize("name", ["Ǆ", "a\u0007b", "🫨"])
def test_a_character_without_a_picture_is_refused(sheet, name):
    with pytest.raises(typeset.NoGlyph):
        typeset.pdf(sheet, {"name": name})


def test_words_are_words_and_no_code_of_the_sheet(sheet):
    harmless = typeset.pdf(sheet, {"name": '#panic("x") *b* $1$ #image("/etc/passwd")'})

    assert harmless.startswith(b"%PDF")


def test_the_same_words_give_the_same_bytes(sheet):
    assert typeset.png(sheet, {"name": "防线"}) == typeset.png(sheet, {"name": "防线"})


def test_an_engraving_is_the_figure_in_given_colours():
    drawn = engrave("seed", 0, "large", ink="#111111", river="#222222", fade=0.5)

    assert (drawn.count("#111111"), drawn.count("#222222"), 'opacity="0.5"' in drawn) == (1, 1, True)


def test_colours_are_those_of_the_day():
    assert (colours()["paper"], colours()["field-ink"]) == ("#f5f3ec", "#1b3040")


def test_a_code_is_square_and_needs_no_style():
    code = qr.svg("https://week.example/play/quiz/")

    assert code.startswith('<svg viewBox="0 0 37 37" class="qr">')
    assert "style=" not in code
