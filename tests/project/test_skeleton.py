"""A new activity kind passes the suite, the linters and the house rules as it is written."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PARTS = ["src", "tests", "docs", "bench", "drill", "campaigns", "frontend/protocol.py"]
FILES = ["pyproject.toml", "facts.lock", "dev.py", "README.md", "README.zh-CN.md", "CHANGELOG.md", "LICENSE"]


@pytest.fixture
def copy(tmp_path) -> Path:
    """The source as it is, elsewhere."""
    for part in PARTS:
        here, there = ROOT / part, tmp_path / part
        there.parent.mkdir(parents=True, exist_ok=True)
        if here.is_dir():
            shutil.copytree(here, there, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(here, there)
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def run(copy: Path, program: str, *arguments: str) -> str:
    """Run a program of the .venv in the copy, and return what it said; '' stands for success."""
    environment = {**os.environ, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    done = subprocess.run(
        [sys.executable, "-m", program, *arguments],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr if done.returncode else ""


@pytest.mark.slow
def test_a_new_kind_passes_unchanged(copy):
    assert run(copy, "cyberweek.project.cli", "new-activity", "hunt") == ""

    said = {
        "style": run(copy, "ruff", "check", "--no-cache", "."),
        "form": run(copy, "ruff", "format", "--no-cache", "--check", "."),
        "suite and rules": run(copy, "pytest", "-q", "-p", "no:cacheprovider", "tests/component", "tests/house"),
    }

    assert said == {"style": "", "form": "", "suite and rules": ""}


def test_a_name_that_is_none_or_taken_writes_nothing(copy):
    before = sorted(copy.rglob("*"))

    said = [run(copy, "cyberweek.project.cli", "new-activity", name) for name in ("quiz", "Big-Hunt")]

    assert said == [
        "quiz exists already\n",
        "'Big-Hunt' is no name for a package: use lower-case letters, as in `hunt`\n",
    ]
    assert sorted(copy.rglob("*")) == before
