"""The demo's duels: matches of simulated residents, played through the real rules and marked as simulated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from datetime import time as time_of_day

from cyberweek.activities.duel import services, temper
from cyberweek.activities.duel.match import Match, Phase
from cyberweek.activities.duel.moves import Answer, Lock
from cyberweek.activities.duel.rules import RULES
from cyberweek.activities.duel.snapshot import DuelSnapshot
from cyberweek.component.matches import SIDES, Wish
from cyberweek.component.models import Release
from cyberweek.component.rules import Refused
from cyberweek.kernel.clock import CHINA
from cyberweek.kernel.codec import decode
from cyberweek.kernel.dice import Dice
from cyberweek.kernel.ids import StreamIds
from cyberweek.ledger import door
from cyberweek.ledger.fact import Fact, Origin
from cyberweek.ledger.journal import Append
from cyberweek.people.models import Seat
from cyberweek.plan.models import Campaign

SKILL = 72  # of a hundred answers, so many are right
THINKS_MS, ARMS_MS = 4_000, 2_500
SEED = 2**32


def open_duel(campaign: Campaign, seat: Seat, at: datetime) -> Release:
    """Open the campaign's duel until the end of its last day."""
    activity = campaign.activities.get(slug="duel")
    closes = _midnight_after(activity.ends or campaign.ends)
    duel = services.save_settings(activity, opens=at, closes=closes)
    return services.publish(duel, writer=door.writer(), seat=seat.pk, at=at, origin=Origin.SIMULATED)


def play(release: Release, ids: StreamIds, matches: int, *, hours: int) -> None:
    """Play matches between two residents each, spread over some hours from the opening."""
    snapshot = decode(bytes(release.body), DuelSnapshot)
    dice, first = Dice("demo-duel", release.digest), snapshot.window.opens_ms
    gap = hours * 3_600_000 // max(matches, 1)
    for number in range(matches):
        appends = list(_match(release, snapshot, ids.mint(first + number * gap), first + number * gap, dice))
        for result in door.writer().append_all(appends):
            if isinstance(result, Exception):
                raise result


def _match(release: Release, snapshot: DuelSnapshot, stream: int, at: int, dice: Dice) -> Iterator[Append]:
    match, step = RULES.start(snapshot, stream), 0
    players = (dice.below(SEED) + 1, dice.below(SEED) + 1)

    def stored(facts: Sequence[Fact], side: int) -> Append:
        nonlocal match, step
        step += 1
        for fact in facts:
            match = RULES.evolve(snapshot, match, fact, at)
        return Append(stream, step, at, facts, release.activity_id, release.pk, players[side], Origin.SIMULATED)

    yield stored((RULES.begin(Wish(), dice.below(SEED)), RULES.sit(0, "")), 0)
    yield stored((RULES.sit(1, ""),), 1)
    while not RULES.is_over(match):
        at = max(at, match.opens_at) + (THINKS_MS if match.phase == Phase.INTEL else ARMS_MS)
        for side in SIDES:
            facts = RULES.decide(snapshot, match, side, _move(snapshot, match, side, dice), at, dice)
            if isinstance(facts, Refused):  # a fault of the simulation, not of a caller
                raise RuntimeError(f"the simulated resident was refused: {facts.reason}")  # noqa: TRY004 -- a refusal
            yield stored(facts, side)


def _move(snapshot: DuelSnapshot, match: Match, side: int, dice: Dice) -> Answer | Lock:
    if match.phase == Phase.INTEL:
        order, item = match.orders[match.round][side], snapshot.items[match.drawn[match.round]]
        right = order.index(item.answer)
        return Answer(match.round, right if dice.below(100) < SKILL else (right + 1) % len(order))
    ways = tuple(temper.TEMPERS)
    split = temper.spend(ways[dice.below(len(ways))], match.players[side].energy, match.advised, dice)
    return Lock(match.round, split.attack, split.points, split.cards, match.may_rescue(side))


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time_of_day(), CHINA)
