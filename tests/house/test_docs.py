"""The docs name what there is, and nothing that there is not: settings, facts, metrics, commands, refusals, rooms."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

import dev
from cyberweek.component.manifest import Component
from cyberweek.component.matches import MatchRules
from cyberweek.component.metric import Metric
from cyberweek.component.rules import Rules
from cyberweek.lane.refusals import FAILURES
from cyberweek.plan.check import CODES
from cyberweek.project.cli import command_line
from cyberweek.project.registry import REGISTRY

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "cyberweek"
REFERENCE = ROOT / "docs" / "reference"
REFUSING = {"Refused", "refusal", "send_refusal", "TooMany", "WorkFirst"}
SETTING = re.compile(r"""["'](CYBERWEEK_[A-Z_]+|DATABASE_URL|VALKEY_URL)["']""")
LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def rows(page: Path) -> list[list[str]]:
    """The cells of every table's rows."""
    lines = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    table = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]
    return [row for row in table if row[0].startswith("`")]


def named(page: str) -> list[str]:
    """What the first cells of a reference page name, in order."""
    return [name for row in rows(REFERENCE / page) for name in re.findall(r"`([^`]+)`", row[0])]


def test_every_setting_is_documented():
    read = {name for path in SOURCE.rglob("*.py") for name in SETTING.findall(path.read_text(encoding="utf-8"))}

    assert sorted(named("settings.md")) == sorted(read)


def test_every_fact_is_documented_with_its_fields():
    written = {row[0].strip("`"): re.findall(r"`(\w+)`", row[1]) for row in rows(REFERENCE / "facts.md")}

    newest = {fact.KIND: fact for fact in sorted(REGISTRY.facts, key=lambda fact: fact.VERSION)}

    assert written == {kind: list(fact.__struct_fields__) for kind, fact in newest.items()}


def test_every_metric_is_documented_with_its_fact():
    written = {row[0].strip("`"): row[1].strip("`") for row in rows(REFERENCE / "metrics.md")}

    assert written == {metric.name: metric.kind for metric in REGISTRY.metrics}


def test_every_field_of_a_manifest_is_documented():
    own = [each.name for kind in (Component, Rules, MatchRules, Metric) for each in fields(kind)]

    assert sorted(named("manifest.md")) == sorted(own)


def test_every_command_is_documented_with_its_options():
    written = named("commands.md")
    house = {_command(each): _options(each) for each in written if each.startswith("cyberweek ")}

    assert house == dict(_commands(command_line(), "cyberweek"))
    assert [each for each in written if each.startswith("make ")] == [f"make {name}" for name in _sorted_as(written)]


def test_every_refusal_of_the_lane_is_documented():
    said = {reason for *_rest, reason, _headers in FAILURES} | set(_refusals())

    assert sorted(named("refusals.md")) == sorted(said | {"too-many", "try-again", "busy"})


def test_every_finding_has_its_page():
    pages = {path.stem for path in (ROOT / "docs" / "plan-findings").glob("P*.md")}

    assert pages == set(CODES)


def test_every_room_is_in_the_architecture():
    inner = {"migrations", "locale", "static", "templates", "data", "bank"}
    rooms = {path.parent.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*/__init__.py")}
    own = {room for room in rooms if not inner & set(room.split("/"))} - {"activities"}

    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")

    assert {room for room in own if f"`{room}`" not in text} == set()


@pytest.mark.parametrize(
    "page", sorted((ROOT / "docs").rglob("*.md")) + sorted(ROOT.glob("*.md")), ids=lambda p: p.name
)
def test_a_link_leads_somewhere(page):
    targets = LINK.findall(page.read_text(encoding="utf-8"))

    assert [each for each in targets if not (page.parent / each).exists()] == []


def _commands(parser: argparse.ArgumentParser, name: str) -> Iterator[tuple[str, set[str]]]:
    """Each command that does something, with its long options; those that help hides are nobody's business."""
    inner = [each for each in parser._actions if isinstance(each, argparse._SubParsersAction)]
    for action in inner:
        for word, each in action.choices.items():
            yield from _commands(each, f"{name} {word}")
    if not inner:
        shown = [each for each in parser._actions if each.help != argparse.SUPPRESS]
        yield name, {option for each in shown for option in each.option_strings} - {"-h", "--help"}


def _command(written: str) -> str:
    return " ".join(re.match(r"[a-z -]+?(?= [A-Z\[]|$)", written).group().split())


def _options(written: str) -> set[str]:
    return set(re.findall(r"--[a-z-]+", written))


def _sorted_as(written: list[str]) -> list[str]:
    """The commands of the Makefile in the order of the page; one that is missing there comes last."""
    order = [each.removeprefix("make ") for each in written if each.startswith("make ")]
    return sorted(dev.COMMANDS, key=lambda name: order.index(name) if name in order else len(order))


def _refusals() -> Iterator[str]:
    """Every reason that the lane or a rule gives as a literal."""
    files = [
        *(SOURCE / "lane").glob("*.py"),
        *(SOURCE / "component").glob("*.py"),
        *SOURCE.glob("activities/*/rules.py"),
    ]
    for path in [*files, SOURCE / "project" / "lane.py", SOURCE / "project" / "web.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSING:
                values = (each.value for argument in node.args for each in _literals(argument))
                yield from (value for value in values if isinstance(value, str))


def _literals(node: ast.expr) -> list[ast.Constant]:
    """The literals that an argument can be: itself, or either side of a choice."""
    if isinstance(node, ast.IfExp):
        return [*_literals(node.body), *_literals(node.orelse)]
    return [node] if isinstance(node, ast.Constant) else []
