"""Play the whole week: everybody on one agenda, progress to whoever looks on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from cyberweek.kernel.clock import CHINA
from cyberweek.rehearsal import liaisons, office, residents
from cyberweek.rehearsal.agenda import Agenda
from cyberweek.rehearsal.cast import Week
from cyberweek.rehearsal.moved_clock import MovedClock
from cyberweek.rehearsal.network import network
from cyberweek.rehearsal.record import Record

NETWORKS = 100  # from which residents come; a school or a street shares one
LOOK_S = 0.5

Progress = Callable[[datetime, Record], None]


async def play(week: Week, clock: MovedClock, record: Record, *, folder: Path, progress: Progress) -> None:
    """Rehearse from a week before the first day until a day after the deadline."""
    clock.move_to(week.at(-7, 8))
    agenda = Agenda(clock)
    networks = [network(number) for number in range(NETWORKS)]
    looking = asyncio.ensure_future(_look(agenda, record, progress))
    try:
        agenda.spawn(office.live(week, network(NETWORKS), agenda, record, folder))
        liaisons.spawn(week, agenda, record, first_network=NETWORKS + 1)
        if week.playable:
            residents.spawn(week, networks, agenda, record)
        await agenda.run()
    finally:
        looking.cancel()
        for each in networks:
            await each.aclose()
    progress(agenda.now().astimezone(CHINA), record)


async def _look(agenda: Agenda, record: Record, progress: Progress) -> None:
    while True:
        progress(agenda.now().astimezone(CHINA), record)
        await asyncio.sleep(LOOK_S)
