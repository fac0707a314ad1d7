"""Django behind a pool of threads, and ready pages before it; importing this module sets Django up."""

from __future__ import annotations

import os
from typing import Any, cast

import django
from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cyberweek.project.settings")
django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402 -- Django must be set up first

from cyberweek.kernel.clock import system_clock, to_ms  # noqa: E402 -- as above
from cyberweek.lane.pages import App, PageCache  # noqa: E402 -- as above
from cyberweek.ledger import door, outbox  # noqa: E402 -- as above

THREADS = int(os.environ.get("CYBERWEEK_THREADS", "8"))


def pages() -> PageCache:
    """The application that answers with pages."""
    application = WSGIMiddleware(cast("Any", WSGIHandler()), workers=THREADS)
    return PageCache(cast("App", application), lambda: to_ms(system_clock()))


def append_what_waits() -> None:
    """Append facts whose change was committed just before the process ended."""
    outbox.drain(door.writer())
