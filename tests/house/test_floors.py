"""The house holds: floors, kinds of state, a lane without Django, rooms with names that say something."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "cyberweek"
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "core", "tools", "shared", "manager"}


def test_imports_point_down():
    linter = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "module", ["cyberweek.lane.app", "cyberweek.project.lane", "cyberweek.activities.quiz.component"]
)
def test_the_hot_lane_starts_without_django(module):
    code = f"import sys, {module}; print(sorted(name for name in sys.modules if name.split('.')[0] == 'django'))"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


def test_every_table_is_exactly_one_kind_of_state():
    from django.apps import apps

    from cyberweek.state import KINDS

    own = [model for model in apps.get_models() if model.__module__.startswith("cyberweek.")]

    kinds = {model._meta.label: [kind.__name__ for kind in KINDS if issubclass(model, kind)] for model in own}

    assert {label: found for label, found in kinds.items() if len(found) != 1} == {}
    assert len(own) > 15


def test_a_name_says_what_is_in_the_room():
    names = {path.stem for path in SOURCE.rglob("*.py")} | {path.name for path in SOURCE.rglob("*") if path.is_dir()}

    assert names & EMPTY_NAMES == set()


def test_every_module_says_what_it_is():
    rooms = [path for path in SOURCE.rglob("*.py") if path.name not in ("apps.py", "__init__.py")]

    silent = [
        path.relative_to(SOURCE).as_posix()
        for path in rooms
        if "migrations" not in path.parts and not path.read_text(encoding="utf-8").startswith('"""')
    ]

    assert silent == []
