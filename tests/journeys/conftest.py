"""The demo, served for real, and a real Chromium to visit it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = next((each for each in ("/usr/bin/chromium", "/usr/bin/chromium-browser") if Path(each).exists()), None)
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@dataclass(frozen=True)
class Demo:
    base: str
    var: Path
    environment: dict[str, str]

    def python(self, code: str) -> str:
        """Run a line in the demo's own Django."""
        code = f"import django; django.setup()\n{code}"
        done = subprocess.run(
            [sys.executable, "-c", code], check=False, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def code(self, username: str) -> str:
        """The second-factor code that the demo's sign-in page shows."""
        text = (
            "from cyberweek.project.demo import sign_ins; print({e['username']: e['code'] for e in sign_ins()}['%s'])"
        )
        return self.python(text % username)


@pytest.fixture(scope="session")
def demo(tmp_path_factory) -> Iterator[Demo]:
    var = tmp_path_factory.mktemp("demo")
    port = _free_port()
    environment = {
        **os.environ, "CYBERWEEK_VAR": str(var), "CYBERWEEK_DEMO": "1", "CYBERWEEK_TESTING": "", "DATABASE_URL": "",
        "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "cyberweek.project.settings",
    }  # fmt: skip
    command = [sys.executable, "-m", "cyberweek.project.cli", "demo", "--port", str(port), "--papers", "40"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    base = f"http://127.0.0.1:{port}"
    _wait(base)
    yield Demo(base, var, environment)
    process.terminate()
    process.wait(15)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@dataclass(frozen=True)
class Served:
    """A house that was built in the test, and is served to Chromium."""

    base: str
    made: object


class Server:
    """The house of a test, served by a process that can be stopped and started again at the same address."""

    def __init__(self, url: str, var: Path, **environment: str) -> None:
        self.port = _free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **os.environ, "CYBERWEEK_VAR": str(var), "DATABASE_URL": url, "PYTHONPATH": str(ROOT / "src"), **environment,
        }  # fmt: skip
        self._process: subprocess.Popen | None = None

    def start(self) -> Server:
        command = [sys.executable, "-m", "cyberweek.project.cli", "serve", "--port", str(self.port)]
        self._process = subprocess.Popen(command, env=self._environment, stdout=subprocess.DEVNULL)
        _wait(self.base)
        return self

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(15)
            self._process = None


@pytest.fixture
def served(house, tmp_path) -> Iterator[Server]:
    """The house of the test, as a server that is not started yet."""
    server = Server(house.url, tmp_path / "var")
    yield server
    server.stop()


@pytest.fixture
def draw_served(house, tmp_path) -> Iterator[Callable[..., Served]]:
    """Serve a draw that is in a phase now; what its pages send goes to its outbox."""
    from tests.prizes.conftest import draw_in

    running = []

    def serve(phase: str, chances: int = 0, **changes) -> Served:
        made = draw_in(house, tmp_path, phase, chances, **changes)
        server = Server(house.url, tmp_path / "var", CYBERWEEK_SMS=f"file:{made.outbox}")
        running.append(server)
        return Served(server.start().base, made)

    yield serve
    for server in running:
        server.stop()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN", java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    yield context.new_page()
    context.close()


@pytest.fixture
def sign_in():
    return _sign_in


@pytest.fixture
def office(demo: Demo, desk: Page) -> Page:
    """Signed in as the office's organiser."""
    _sign_in(demo, desk, "office")
    return desk


def _sign_in(demo: Demo, page: Page, username: str) -> None:
    """Sign in by password and second factor, as people do."""
    time.sleep(30 - time.time() % 30 if _is_used(username) else 0)
    page.goto(f"{demo.base}/accounts/login/?next=/console/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", "cyberweek-demo")
    page.click("main button[type=submit], form[action*=login] button")
    page.fill("input[name=code]", demo.code(username))
    page.click("form:has(input[name=code]) button[type=submit], form:has(input[name=code]) button")
    page.wait_for_url("**/console/**")
    _used[username] = int(time.time()) // 30


_used: dict[str, int] = {}


def _is_used(username: str) -> bool:
    """A code signs in once; the next sign-in waits for the next code."""
    return _used.get(username) == int(time.time()) // 30


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait(base: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            if httpx.get(f"{base}/lane/health", timeout=5).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError("the demo did not come up")
