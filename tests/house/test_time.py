"""One place knows what time it is, so that a rehearsal can move it for the whole house."""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "cyberweek"
ASKS = re.compile(r"localdate\(\)|localtime\(\)|timezone\.now\b|datetime\.now\(|date\.today\(")
MAY = {"kernel/clock.py", "rehearsal/moved_clock.py"}


def test_nobody_else_asks_for_the_time():
    """Ask kernel.clock: `system_clock()` for the moment, `this_day()` for the day."""
    files = {
        path.relative_to(SOURCE).as_posix(): path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts
    }

    assert {name for name, path in files.items() if ASKS.search(path.read_text(encoding="utf-8"))} == MAY
