"""How far a rehearsed house's clock is ahead of time: eight bytes in a file that the house and its rehearsal share.

The house only reads them. See docs/adr for why it is a file.
"""

from __future__ import annotations

import mmap
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path

_MS = struct.Struct("<q")


class MovedClock:
    """Opens the file, making it when there is none. Calling it gives the moment that is rehearsed."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            path.write_bytes(_MS.pack(0))
        with path.open("r+b") as file:
            self._bytes = mmap.mmap(file.fileno(), _MS.size)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead()

    def ahead(self) -> timedelta:
        return timedelta(milliseconds=_MS.unpack(self._bytes)[0])

    def move_to(self, moment: datetime) -> None:
        """Let it be this moment now, and go on from there at real speed."""
        ahead = (moment - datetime.now(UTC)) // timedelta(milliseconds=1)
        self._bytes[:] = _MS.pack(ahead)
