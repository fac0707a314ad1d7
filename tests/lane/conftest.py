"""A lane served for real, on a database with one published quiz."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from cyberweek.component.services import publish
from cyberweek.kernel.clock import system_clock
from cyberweek.kernel.windows import Window
from cyberweek.plan.models import Activity, Campaign

BROWSER = {"accept-language": "zh-CN"}  # what every browser says, and most scripts do not
ROOT = Path(__file__).parents[2]


@dataclass
class Served:
    """A running lane: its address, its process, and the activity that can be played."""

    base: str
    process: subprocess.Popen
    activity: Activity

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.base, timeout=20, headers=BROWSER)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)


def quiz_snapshot(activity: int, **changes):
    path = ROOT / "tests" / "activities" / "quiz" / "example.py"
    spec = importlib.util.spec_from_file_location("quiz_example", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    now = datetime.now(UTC)
    window = Window(now - timedelta(days=1), now + timedelta(days=1))
    return module.snapshot(activity, **({"window": window} | changes))


@pytest.fixture
def quiz_activity(house) -> Activity:
    campaign = Campaign.objects.create(
        name_zh="示例网安周", slug="example", area="示例市", starts=date(2026, 11, 23), ends=date(2026, 11, 29), seed="s",
        confirmed_at=house.at,
    )  # fmt: skip
    return Activity.objects.create(campaign=campaign, no=1, slug="quiz", kind="quiz", name_zh="示例答题")


@pytest.fixture
def open_quiz(house, quiz_activity, monkeypatch) -> Callable[..., Activity]:
    """Publish the example quiz without asking the gates, which have tests of their own."""
    from cyberweek.component import ports

    monkeypatch.setattr(ports.opening_gates, "_offers", [])

    def publish_it(**changes) -> Activity:
        snapshot = quiz_snapshot(quiz_activity.pk, **changes)
        publish(quiz_activity, snapshot, writer=house.writer, seat=1, at=system_clock())
        return quiz_activity

    return publish_it


@pytest.fixture
def serve(house) -> Iterator[Callable[[Activity], Served]]:
    """Start lanes on the house's database; each start takes the lease."""
    running: list[subprocess.Popen] = []

    def start(activity: Activity) -> Served:
        port = free_port()
        environment = {**os.environ, "DATABASE_URL": house.url, "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-m", "cyberweek.project.cli", "lane", "--port", str(port)]
        process = subprocess.Popen(command, env=environment)
        running.append(process)
        served = Served(f"http://127.0.0.1:{port}", process, activity)
        wait_until_up(served.base)
        return served

    yield start
    for process in running:
        process.kill()
        process.wait(10)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_up(base: str, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{base}/lane/health", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("the lane did not come up")
