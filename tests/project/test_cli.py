"""The command `cyberweek`, started as people start it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

ROOT = Path(__file__).parents[2]
UNSET = ("CYBERWEEK_TESTING", "CYBERWEEK_DEBUG", "CYBERWEEK_DEMO", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")


@pytest.fixture
def environment(tmp_path) -> dict[str, str]:
    """An installation that has nothing yet."""
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "CYBERWEEK_VAR": str(tmp_path / "var")}


def cyberweek(environment: dict[str, str], *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cyberweek.project.cli", *map(str, arguments)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)


def test_a_served_house_prints_no_warning(environment, tmp_path):
    secret = tmp_path / "password"
    secret.write_text("a-long-enough-password-1")
    made = cyberweek(environment, "init", "--username", "first", "--password-file", secret)
    assert (made.returncode, made.stderr) == (0, "")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "cyberweek.project.cli", "serve", "--port", str(port)]

    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as server:
        _wait(f"http://127.0.0.1:{port}/lane/health")
        codes = [httpx.get(f"http://127.0.0.1:{port}{path}").status_code for path in ("/", "/static/ui/tokens.css")]
        server.terminate()
        _out, said = server.communicate(timeout=20)

    assert codes == [200, 200]
    assert said == ""


def _wait(url: str) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            httpx.get(url)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the house did not come up")


def test_an_upgrade_can_be_done_again(environment):
    done = [cyberweek(environment, "upgrade") for _ in range(2)]

    assert [(each.returncode, each.stderr) for each in done] == [(0, ""), (0, "")]


@pytest.mark.parametrize(
    "arguments", [("plan", "load", ROOT / "campaigns" / "chongqing-2021"), ("plan", "export", "x")]
)
def test_without_a_database_the_way_out_is_named(environment, tmp_path, arguments):
    done = cyberweek(environment, *arguments)

    assert (done.returncode, done.stderr) == (2, "数据库还没有建好，或者连不上：先运行 cyberweek init，再试一次。\n")
