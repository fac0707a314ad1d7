"""Whose turn it is to carry the post: one process at a time, on one machine or on several.

The right is a lock that the system takes back when its holder dies: a lock on a file beside an SQLite database, a session's
lock in PostgreSQL. No clock has a part in it, so none that jumps can give the same turn to two.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

_POST = 0x43_59_57_4B  # any number that nobody else locks


@contextmanager
def turn() -> Iterator[bool]:
    """Hold the turn for a while: True for its holder, False when somebody else has it."""
    with _session_lock() if connection.vendor == "postgresql" else _file_lock() as is_held:
        yield is_held


@contextmanager
def _session_lock() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_POST])
        (is_held,) = cursor.fetchone()
        try:
            yield is_held
        finally:
            if is_held:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_POST])


@contextmanager
def _file_lock() -> Iterator[bool]:
    path = Path(f"{connection.settings_dict['NAME']}.post")
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
