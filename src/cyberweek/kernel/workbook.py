"""The cells of an .xlsx as texts, row by row. Knows nothing of what they mean.

The file is opened in a process of its own with limits on time and memory: a table of a million empty rows, or one whose
only cell stands in the far corner, costs nothing else.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime
from io import BytesIO
from typing import NamedTuple

import msgspec

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 2_000
MAX_COLUMNS = 60
MAX_SECONDS = 20
MAX_MEMORY = 1024 * 1024 * 1024
_NO_WORKBOOK, _TOO_LONG = 3, 4


class NoTable(Exception):
    """Raised when no table can be read; the subclasses say why."""


class NotAWorkbook(NoTable):
    """Raised for a file that is no .xlsx, or one that is damaged or locked by a password."""


class TooLarge(NoTable):
    """Raised for more bytes, rows or columns than a list of the office has."""


class Row(NamedTuple):
    """A row that says something: its number in the file, and its cells without spaces around them."""

    number: int
    cells: tuple[str, ...]


def rows(data: bytes) -> list[Row]:
    """Every row with a text of the first sheet; a merged cell says the same in all its places. Raises NoTable."""
    if len(data) > MAX_BYTES:
        raise TooLarge
    if data[:4] != b"PK\x03\x04":
        raise NotAWorkbook
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    try:
        done = subprocess.run(  # noqa: S603 -- starts this very interpreter
            [sys.executable, "-m", __name__],
            input=data,
            capture_output=True,
            timeout=MAX_SECONDS,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TooLarge from None
    if done.returncode == _NO_WORKBOOK:
        raise NotAWorkbook
    if done.returncode:
        raise TooLarge
    return msgspec.json.decode(done.stdout, type=list[Row])


def main() -> int:
    """Read a workbook from standard input and write its rows as JSON; the exit code says why not."""
    _limit()
    from python_calamine import CalamineError, load_workbook  # noqa: PLC0415 -- only this process opens foreign files

    try:
        sheet = load_workbook(BytesIO(sys.stdin.buffer.read())).get_sheet_by_index(0)
        found = [
            (number, cells)
            for number, values in enumerate(sheet.iter_rows(), start=1)
            if any(cells := [_text(each) for each in values])
        ]
        merged = sheet.merged_cell_ranges or []
    except (CalamineError, IndexError):
        return _NO_WORKBOOK
    if len(found) > MAX_ROWS or any(len(cells) > MAX_COLUMNS for _number, cells in found):
        return _TOO_LONG
    _spread(dict(found), merged)
    sys.stdout.buffer.write(msgspec.json.encode(found))
    return 0


def _spread(cells: dict[int, list[str]], merged: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    """Let the first cell of a merged range speak in every row and column that it covers."""
    for (top, left), (bottom, right) in merged:
        said = cells.get(top + 1, [])[left : left + 1]
        for number in [each for each in cells if top < each <= bottom + 1] if said else []:
            for column in range(left, min(right + 1, len(cells[number]))):
                cells[number][column] = said[0]


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return (value.isoformat() if isinstance(value, (date, datetime)) else str(value)).strip()


def _limit() -> None:
    try:
        import resource  # noqa: PLC0415 -- not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_SECONDS, MAX_SECONDS))


if __name__ == "__main__":
    sys.exit(main())
