"""Texts of every shape are read as a person reads them. The JSON beside each text was written by hand."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from cyberweek.plan.check import checked
from cyberweek.plan.reader.read import read
from cyberweek.plan.reader.understood import Plan, as_json, from_json

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.txt"))
KEYS = (
    "title", "start", "end", "theme", "launch", "activities", "theme_days", "task_rows", "deadlines", "onward", "units",
    "findings",
)  # fmt: skip


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_a_text_is_understood_to_the_last_key(path: Path):
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))

    understood = msgspec.to_builtins(checked(read(path.read_bytes(), path.name)))

    assert list(understood) == list(KEYS)
    for key in KEYS:
        assert understood[key] == expected[key], key


def test_there_are_texts_of_many_shapes():
    assert len(TEXTS) >= 12


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_every_item_knows_a_line_of_its_text(path: Path):
    text = path.read_text(encoding="utf-8").splitlines()

    plan = read(path.read_bytes(), path.name)

    assert {line for lines in plan.lines.values() for line in lines} <= set(range(1, len(text) + 1))
    unplaced = [f"activities[{at}]" for at in range(len(plan.activities)) if plan.line_of(f"activities[{at}]") is None]
    assert unplaced == []


def test_a_plan_comes_back_from_its_json():
    plan = checked(read(TEXTS[0].read_bytes(), TEXTS[0].name))

    assert from_json(as_json(plan)) == plan


def test_reading_twice_gives_the_same():
    first, second = (as_json(checked(read(TEXTS[0].read_bytes(), "a.txt"))) for _ in range(2))

    assert first == second


def test_nothing_is_shared_between_plans():
    Plan().activities.append("x")  # type: ignore[arg-type]

    assert Plan().activities == []
