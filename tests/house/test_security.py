"""What docs/security.md promises is proved by tests that exist, or says who has to do it, or that it is missing."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(\w+))?`")
ADMITTED = ("operator", "not yet", "does not apply")
FAMILIES = ["8.1.1", "8.1.2", "8.1.3", "8.1.4", "8.1.5", "8.1.6"]


def rows() -> list[list[str]]:
    lines = [line for line in TEXT.splitlines() if line.startswith("| ") and "|---" not in line]
    cells = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row in cells if row[-1].strip() != "proof"]


def test_every_test_that_is_named_exists():
    def is_there(path: str, name: str) -> bool:
        file = ROOT / path
        return file.exists() and (not name or f"\ndef {name}(" in file.read_text(encoding="utf-8"))

    assert [each for each in NAMED.findall(TEXT) if not is_there(*each)] == []


def test_every_row_is_proved_or_says_what_is_missing():
    silent = [row[0] for row in rows() if not NAMED.search(row[-1]) and not row[-1].startswith(ADMITTED)]

    assert silent == []


def test_every_family_and_every_chapter_is_there():
    assert re.findall(r"^### (8\.1\.\d+)", TEXT, re.MULTILINE) == FAMILIES
    assert re.findall(r"^\| V(\d+) ", TEXT, re.MULTILINE) == [str(no) for no in range(1, 18)]
