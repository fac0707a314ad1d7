"""How long anybody's Python takes to check a whole draw: the published program, on the pack of a city."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from cyberweek.prizes import pack, verify_draw
from cyberweek.prizes.draw import Source, commitment, leaf_of
from cyberweek.prizes.sheet import Delivery, Prize, Sheet

SECRET = b"\x07" * 32
SOURCES = [Source("示例公开数字", "03 07 12 18 25 31 + 09")]
A_SECOND = 200_000  # chances: a million in five


def figures(*, quick: bool) -> Iterator[Figure]:
    count = 100_000 if quick else 1_000_000
    with tempfile.TemporaryDirectory(prefix="cyberweek-bench-") as name:
        file = Path(name) / "pack.json"
        file.write_bytes(_published(count))
        taken = min(_checked(file) for _ in range(3))
        note = f"{count:,} chances, {file.stat().st_size / 1e6:,.0f} MB; the best of three"
    yield Figure("verify_draw.py on a whole draw", taken, count / A_SECOND, note, "s", at_most=True)


def _published(count: int) -> bytes:
    leaves = sorted(leaf_of(7, "2026-11-24", hashlib.sha256(b"%d" % number).digest()[:16]) for number in range(count))
    sheet = _sheet()
    return pack.write(sheet, leaves, {}, SECRET, SOURCES, pack.hold(sheet, leaves, {}, SECRET, SOURCES))


def _checked(file: Path) -> float:
    """Seconds for the program from start to end, as a resident runs it."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, verify_draw.__file__, str(file)], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def _sheet() -> Sheet:
    said = "conditions manner draw_method claim_way delivery abandonment complaints minors organiser contact title"
    return Sheet(
        activity=7, period=("2026-11-23T09:00:00+08:00", "2026-11-30T00:00:00+08:00"), alternates=1_000,
        prizes=(Prize("cup", "保温杯", "Flask", Delivery.GOODS, 1_000, 5_000),), draw_at="2026-12-02T10:00:00+08:00",
        sources=tuple(source.name for source in SOURCES), commitment=commitment(SECRET), erase_after_days=30,
        claim=("2026-12-02T12:00:00+08:00", "2026-12-12T00:00:00+08:00"), **dict.fromkeys(said.split(), "示例"),
    )  # fmt: skip
