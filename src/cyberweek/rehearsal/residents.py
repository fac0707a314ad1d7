"""The crowd: when residents come, and what kind of phone and person they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import httpx

from cyberweek.kernel.dice import Dice
from cyberweek.rehearsal.agenda import Agenda
from cyberweek.rehearsal.cast import Week
from cyberweek.rehearsal.phone import Phone
from cyberweek.rehearsal.record import Record

BY_HOUR = (1, 0, 0, 0, 0, 1, 3, 5, 7, 10, 9, 8, 10, 7, 6, 6, 6, 7, 9, 12, 14, 10, 6, 3)  # shares of a day
TEXTS = ((1, 10), (5, 19))  # day and hour at which a text goes out
BY_TEXT = 30  # of a hundred residents come within the quarter of an hour after one
DROPS = 15  # of a hundred answers of a bad network
BAD_NETWORK, SCRIPTS, COME_AGAIN = 20, 3, 25  # of a hundred residents


def spawn(week: Week, networks: Sequence[httpx.AsyncBaseTransport], agenda: Agenda, record: Record) -> None:
    """Let every resident come at a moment of the week; some come again on a later day with the same phone."""
    dice = Dice("rehearsal", week.starts, week.residents)
    for number in range(week.residents):
        own = Dice("resident", number, week.starts)
        drops = DROPS if own.below(100) < BAD_NETWORK else 0
        phone = Phone(week.base, networks[number % len(networks)], agenda, record, dice=own, drops=drops)
        agenda.spawn(_live(week, phone, agenda, own, arrivals(week, dice)))


def arrivals(week: Week, dice: Dice) -> list[datetime]:
    """When somebody takes part: once, or once more on a later day."""
    first = arrival(week, dice)
    if dice.below(100) >= COME_AGAIN:
        return [first]
    return [first, first + timedelta(days=1 + dice.below(2), minutes=dice.below(120))]


def arrival(week: Week, dice: Dice) -> datetime:
    """A moment by the hours of the day, or shortly after a text; a few come after the end."""
    if dice.below(100) < BY_TEXT:
        day, hour = TEXTS[dice.below(len(TEXTS))]
        return week.at(min(day, week.days - 1), hour) + timedelta(seconds=dice.below(900))
    return week.at(dice.below(week.days), _hour(dice)) + timedelta(seconds=dice.below(3_600))


def _hour(dice: Dice) -> int:
    place = dice.below(sum(BY_HOUR))
    for hour, share in enumerate(BY_HOUR):
        place -= share
        if place < 0:
            return hour
    return len(BY_HOUR) - 1


async def _live(week: Week, phone: Phone, agenda: Agenda, dice: Dice, moments: list[datetime]) -> None:
    is_script = dice.below(100) < SCRIPTS
    for moment in moments:
        await agenda.until(moment)
        await phone.open("/", "page")
        chosen = week.playable[dice.below(len(week.playable))]
        await (chosen.player.cheat if is_script else chosen.player.play)(phone, chosen.path, dice)
