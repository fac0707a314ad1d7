"""A house that serves in a process of its own: starts, ends, is killed, and starts again at the same address."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from typing import Self

import httpx

PATIENCE_S = 60


class NotUp(Exception):
    """Raised when a house does not answer; the message says where it was awaited."""


class Server:
    """Runs `code` in a Python of its own, which is to serve at the port on loopback."""

    def __init__(self, code: str, port: int, environment: Mapping[str, str]) -> None:
        self.base = f"http://127.0.0.1:{port}"
        self._command = [sys.executable, "-c", code]
        self._environment = dict(environment)
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> float:
        """Start serving; returns the seconds until it answered. Raises NotUp."""
        begun = time.monotonic()
        self.process = subprocess.Popen(self._command, env=self._environment, start_new_session=True)  # noqa: S603 -- own
        while time.monotonic() - begun < PATIENCE_S and self.process.poll() is None:
            try:
                if httpx.get(f"{self.base}/lane/health", timeout=1).is_success:
                    return time.monotonic() - begun
            except httpx.TransportError:
                time.sleep(0.01)
        raise NotUp(f"nothing serves at {self.base}; is the port taken?")

    def kill(self) -> None:
        """End every process of it at once, without a word."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Let it finish what is under way."""
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, how)
            self.process.wait(15)

    def __enter__(self) -> Self:
        try:
            self.start()
        except BaseException:
            self.kill()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()
