"""The house's colours for what is no page: read from tokens.css, which alone names them."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "static" / "ui" / "tokens.css"
_LINE = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")


@lru_cache(maxsize=1)
def colours() -> dict[str, str]:
    """By name, as they are by day: the first that the file gives a name."""
    found: dict[str, str] = {}
    for name, value in _LINE.findall(_FILE.read_text(encoding="utf-8")):
        found.setdefault(name, value)
    return found
