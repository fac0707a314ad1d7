"""Short drills: killed a few times under load, nothing is lost. `make drill` does it often, with a million facts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("victim", "kills"), [("server", 3), ("writer", 10)])
def test_nothing_is_lost_when_it_is_killed(victim, kills):
    options = ["--victim", victim, "--kills", kills, "--facts", 2000, "--residents", 60, "--patience", 30]

    done = subprocess.run(
        [sys.executable, "-m", "drill", *map(str, options)],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip

    assert done.returncode == 0, done.stdout + done.stderr
    said = dict(line.split("  ", 1) for line in done.stdout.splitlines() if "  " in line)
    assert int(said["acknowledged answers"].replace(",", "")) > 20
    assert said["lost"].strip() == "0"
    assert said["doubled"].strip() == "0"
    assert said["chain"].strip().startswith("whole: ")
