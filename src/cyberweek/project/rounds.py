"""The rounds: what the house does by itself every minute, on a thread beside the pages. What is done, rooms offer by a port.

What fails is logged and tried again on the next round; a round that is late does no more than one that is in time.
"""

from __future__ import annotations

import logging
import threading

from django.db import close_old_connections, connections

from cyberweek.component import ports
from cyberweek.kernel.clock import Clock, system_clock

EVERY_S = 60
FIRST_S = 5
_log = logging.getLogger(__name__)


class Rounds:
    """Goes round until it is stopped."""

    def __init__(self, clock: Clock = system_clock, every_s: float = EVERY_S, first_s: float = FIRST_S) -> None:
        self._clock = clock
        self._every_s = every_s
        self._first_s = first_s
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="rounds", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finish what is being done, then stop."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join(30)

    def _run(self) -> None:
        wait_s = self._first_s
        while not self._stopped.wait(wait_s):
            close_old_connections()
            once(self._clock)
            wait_s = self._every_s
        connections.close_all()


def once(clock: Clock = system_clock) -> int:
    """Go round once; returns how many of the offers failed."""
    failed = 0
    for offer in ports.rounds:
        try:
            offer(clock())
        except Exception:  # noqa: BLE001 -- one room's trouble is no other room's
            failed += 1
            _log.exception("%s failed on its round", getattr(offer, "__name__", "an offer"))
    return failed
