"""Sets a sheet with typst: a template and its words in, a PDF or a picture out. Knows no sheet's content.

One font for every sheet and every machine, Noto Sans CJK, comes as a package: nothing depends on what a system has.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import manimgx_fonts_cjk
import typst

FONT = "Noto Sans CJK SC"
_NO_GLYPH = "could not be displayed with"


class NoGlyph(Exception):
    """Raised when the font has no picture for a character that somebody typed; the message is typst's."""


def pdf(template: Path, words: Mapping[str, str]) -> bytes:
    """A tagged PDF that a screen reader can read (PDF/UA-1). Raises NoGlyph."""
    try:
        return _compile(template, words, format="pdf", pdf_standards="ua-1")
    except typst.TypstError as error:
        if _NO_GLYPH in str(error):
            raise NoGlyph(str(error)) from None
        raise


def png(template: Path, words: Mapping[str, str]) -> bytes:
    """A picture with one pixel for each point of the sheet."""
    return _compile(template, words, format="png", ppi=72)


def _compile(template: Path, words: Mapping[str, str], **how) -> bytes:
    return typst.compile(template.read_bytes(), font_paths=_fonts(), sys_inputs={"font": FONT, **words}, **how)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    folder = Path(manimgx_fonts_cjk.__file__).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])
