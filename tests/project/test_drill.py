"""A short drill: killed three times under load, nothing is lost. `make drill` does it fifty times with a million facts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_nothing_is_lost_when_the_house_is_killed():
    command = [
        sys.executable,
        "-m",
        "drill",
        "--kills",
        "3",
        "--facts",
        "2000",
        "--residents",
        "60",
        "--patience",
        "30",
    ]

    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=180)

    assert done.returncode == 0, done.stdout + done.stderr
    said = dict(line.split("  ", 1) for line in done.stdout.splitlines() if "  " in line)
    assert int(said["acknowledged answers"].replace(",", "")) > 20
    assert said["lost"].strip() == "0"
    assert said["doubled"].strip() == "0"
    assert said["chain"].strip().startswith("whole: ")
