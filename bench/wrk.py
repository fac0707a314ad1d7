"""Drive a server with wrk: GET one page, or POST the bodies of a file once each."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

SCRIPT = Path(__file__).with_name("load.lua")


class Load(NamedTuple):
    """What wrk saw: answers a second, and how many were not 2xx."""

    rate: float
    bad: int = 0


def post_each(base: str, path: str, bodies: Path, *, connections: int) -> Load:
    """Send every line of the file once to the path; whether each was taken is for the caller to look up."""
    command = ["wrk", "-t1", f"-c{connections}", "-d60s", "-s", SCRIPT, base, "--", bodies, path, str(connections)]
    said = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    answered, microseconds = map(int, re.search(r"BENCH (\d+) (\d+)", said).groups())
    return Load(answered / microseconds * 1e6)


def get(url: str, *, connections: int, seconds: int) -> Load:
    """Ask for one address as fast as it is answered."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", said)
    return Load(float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1]), int(bad[1]) if bad else 0)
