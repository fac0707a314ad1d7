"""The one exception of the reader: what is wrong with a file and what to do about it."""

from __future__ import annotations


class Unreadable(Exception):
    """A file cannot be read as a plan; the message names the cause and the way out."""

    def __init__(self, cause: str, *, way_out: str) -> None:
        self.cause = cause
        self.way_out = way_out
        super().__init__(f"{cause}；{way_out}。")
