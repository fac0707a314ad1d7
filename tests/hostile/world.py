"""An evening in the city with an attacker in it, on a virtual clock: who plays, what is asked of them, who wins.

People and scripts go through the real rules, limits, prices of work, patterns and draw; claims follow the rules of
`prizes.services.claims`, which have tests of their own on both databases. The attacker knows the code, the wire and every
right answer, and has as many devices as he likes; he has only so many phones.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import mean

from cyberweek.activities.quiz.facts import AnswerGiven
from cyberweek.activities.quiz.patterns import Timed, odd
from cyberweek.activities.quiz.rules import Mode, decide, evolve, start
from cyberweek.activities.quiz.snapshot import QuizSnapshot, Slot
from cyberweek.component.facts import ChanceEarned
from cyberweek.component.rules import Refused
from cyberweek.kernel.ids import StreamIds
from cyberweek.lane.limits import ADDRESS, Buckets
from cyberweek.lane.pressure import Pressure
from cyberweek.lane.work import ROUNDS
from cyberweek.people.ticket import Attempt
from cyberweek.prizes import pack
from cyberweek.prizes.draw import Source, leaf_of
from tests.activities.quiz.example import next_command, snapshot
from tests.prizes.examples import prize, sheet

PEOPLE, DEVICES, PHONES, STOCK = 500, 5_000, 20, 100
PUPILS = 120  # of the people, behind one address
ADDRESSES = 2  # of the attacker
ALTERNATES = 2_000
DRAWS = 40
DERIVATIONS = 256  # until one of them begins as wanted, on average
EVENING = int(datetime(2026, 11, 24, 11, tzinfo=UTC).timestamp() * 1000)  # 19:00 in China
HOUR = 3_600_000
DAY = "2026-11-24"


@dataclass(frozen=True)
class Defences:
    """What stands against scripts; each can be left out to see what it is worth."""

    rates: bool = True
    work: bool = True
    patterns: bool = True
    phones: bool = True
    alternates: bool = True


@dataclass(frozen=True)
class Player:
    """A device with a network; `knows` every answer, waits the shortest time, or as a person does."""

    key: int
    network: int
    is_script: bool
    waits: str = "reading"


@dataclass
class Evening:
    """What happened: whose chance which leaf is, who was marked, and what was asked of each side."""

    chances: dict[bytes, Player] = field(default_factory=dict)
    marked: set[int] = field(default_factory=set)
    refused: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})
    derivations: dict[bool, int] = field(default_factory=lambda: {False: 0, True: 0})

    def excluded(self) -> dict[bytes, str]:
        """A person who is marked appeals, and an officer lifts the mark; a script has nothing to say."""
        return {leaf: "pace" for leaf, who in self.chances.items() if who.key in self.marked and who.is_script}


@dataclass(frozen=True)
class Outcome:
    """Prizes by side, averaged over draws; the most that scripts ever got; and a person's odds of a prize."""

    scripts: float
    most: int
    people: float
    left: float

    @property
    def odds(self) -> float:
        return self.people / PEOPLE


def people() -> list[Player]:
    return [Player(key, 1 if key <= PUPILS else 1_000 + key // 3, is_script=False) for key in range(1, PEOPLE + 1)]


def scripts(waits: str, count: int = DEVICES) -> list[Player]:
    return [Player(10_000 + key, 100 + key % ADDRESSES, is_script=True, waits=waits) for key in range(count)]


def quiz() -> QuizSnapshot:
    """Ten questions, eight of which have to be right, and nobody faster than a person reads."""
    return snapshot(blueprint=(Slot("law", 5), Slot("fraud", 5)), least_ms=700, gives_chances=True)


def play(players: list[Player], defences: Defences, seed: int = 1) -> Evening:
    """Everybody plays a daily paper, in the order of the clock; people try again when they fail, as they may."""
    dice, evening, pressure, addresses = random.Random(seed), Evening(), Pressure(), Buckets(ADDRESS)
    ids, drawn, timed = StreamIds(9), quiz(), []
    for at, player in sorted(_arrivals(players, dice), key=lambda each: each[0]):
        if defences.rates and not addresses.take(player.network, at):
            evening.refused[player.is_script] += 1
            continue
        if defences.work:
            level = pressure.level(network=player.network, participant=player.key, looks_odd=False, at=at)
            evening.derivations[player.is_script] += DERIVATIONS * ROUNDS.get(level, 0)
            pressure.note(network=player.network, participant=player.key, is_new=True, at=at)
        paper, took, earned = _paper(drawn, player, ids.mint(at), at, dice)
        timed.append(Timed(player.key, took))
        if earned:
            evening.chances[leaf_of(drawn.activity, DAY, dice.randbytes(16))] = player
        assert len(paper.answers) == len(paper.placed)
    if defences.patterns:
        evening.marked = {each.participant for each in odd(timed)}
    return evening


def outcome(evening: Evening, defences: Defences) -> Outcome:
    """Draw many times with other secrets, and claim each time."""
    results = [_claimed(evening, defences, random.Random(seed)) for seed in range(DRAWS)]
    won, lost = [each[0] for each in results], [each[1] for each in results]
    return Outcome(mean(won), max(won), mean(lost), STOCK - mean(won) - mean(lost))


def _arrivals(players: list[Player], dice: random.Random) -> Iterator[tuple[int, Player]]:
    for player in players:
        yield EVENING + int(dice.random() * (HOUR / 2 if player.is_script else 3 * HOUR)), player


def _paper(drawn: QuizSnapshot, player: Player, stream: int, at: int, dice: random.Random):
    """Play to the end; a refusal for haste is waited out."""
    paper = start(drawn, Attempt(drawn.activity, 1, player.key, stream, Mode.DAILY, 0))
    took, last, earned = [], at, False
    while (command := next_command(paper, right=player.is_script or dice.random() < 0.88)) is not None:
        at += _wait(player, dice)
        facts = decide(drawn, paper, command, at)
        if isinstance(facts, Refused):
            assert facts.reason == "too-fast"
            continue
        for fact in facts:
            paper = evolve(drawn, paper, fact, at)
            if isinstance(fact, AnswerGiven):
                took.append(at - last)
            earned = earned or isinstance(fact, ChanceEarned)
        last = at
    return paper, tuple(took), earned


def _wait(player: Player, dice: random.Random) -> int:
    if player.waits == "shortest":
        return 710 + dice.randrange(12)
    return round(6_000 * dice.lognormvariate(0, 0.5))


def _claimed(evening: Evening, defences: Defences, dice: random.Random) -> tuple[int, int]:
    """Prizes of scripts and of people: a phone gets one, and what nobody claims goes down the line in the same window."""
    rules = sheet(prizes=(prize("cup", STOCK),), alternates=ALTERNATES if defences.alternates else 0)
    excluded = evening.excluded()
    sources = [Source(name, str(dice.random())) for name in rules.sources]
    drawn = pack.hold(rules, sorted(evening.chances), excluded, dice.randbytes(32), sources)
    phones = PHONES if defences.phones else len(drawn.ranked)
    got = {True: 0, False: 0}
    for ranked in drawn.ranked:
        if sum(got.values()) == STOCK:
            break
        player = evening.chances[ranked.leaf]
        if player.is_script and got[True] < phones:
            got[True] += 1
        elif not player.is_script and dice.random() < 0.9:  # some never look
            got[False] += 1
    return got[True], got[False]
