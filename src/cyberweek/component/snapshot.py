"""A snapshot is what a release holds: everything the rules need, frozen, in a shape of its own."""

from __future__ import annotations

from typing import ClassVar

import msgspec

from cyberweek.kernel.windows import Window


class Snapshot(msgspec.Struct, frozen=True, kw_only=True, tag_field="shape"):
    """Base of every snapshot. SHAPE (`quiz-1`) is written into the bytes, so old releases stay readable."""

    VERSION: ClassVar[int] = 1

    activity: int
    title_zh: str
    title_en: str
    window: Window
