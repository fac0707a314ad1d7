"""The whole house in one process: lane, ready pages, and Django behind them on a pool of threads."""

from __future__ import annotations

import os
from typing import Any, cast

import django
from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cyberweek.project.settings")
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 -- Django must be set up first

from cyberweek.kernel.clock import system_clock, to_ms  # noqa: E402 -- as above
from cyberweek.lane.http import Receive, Scope, Send  # noqa: E402 -- as above
from cyberweek.lane.pages import App, PageCache  # noqa: E402 -- as above
from cyberweek.project.lane import build, live  # noqa: E402 -- as above

THREADS = int(os.environ.get("CYBERWEEK_THREADS", "8"))


class Application:
    def __init__(self) -> None:
        self._lane = build()
        self.express = self._lane.express
        self._pages = PageCache(
            cast("App", WSGIMiddleware(cast("Any", WSGIHandler()), workers=THREADS)), lambda: to_ms(system_clock())
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await (self._lane if scope["path"].startswith("/lane/") else self._pages)(scope, receive, send)
        elif scope["type"] == "lifespan":
            await live(self._lane, receive, send)


application = Application()
