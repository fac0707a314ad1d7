"""A text as a QR code, drawn as SVG. Pure; what it stands on has to be light."""

from __future__ import annotations

import io

import segno

QUIET = 4  # modules of white around it, as the standard asks


def svg(text: str, *, whole: bool = False) -> str:
    """The code as an SVG element for a page, or as a whole document for whoever sets a sheet with it."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", border=QUIET, dark="black", xmldecl=False, svgns=whole, omitsize=True,
        svgclass=None if whole else "qr", lineclass=None,
    )  # fmt: skip
    return out.getvalue().decode().strip()
