"""A match: its state, and how each fact moves it on. Deadlines are data; nothing here looks at a clock."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from cyberweek.activities.duel.clash import SHIELD, Clash, Split, fight, may_rescue
from cyberweek.activities.duel.facts import (
    AnswerLocked,
    BotSeated,
    MatchOpened,
    MatchResumed,
    MatchVoided,
    SeatTaken,
    SplitLocked,
    WindowClosed,
)
from cyberweek.activities.duel.ring import SIZE
from cyberweek.activities.duel.snapshot import DuelSnapshot
from cyberweek.kernel.codec import digest
from cyberweek.kernel.dice import Dice
from cyberweek.ledger.fact import Fact

READY_MS = 4_000
INTEL_MS = 10_000
SPLIT_MS = 6_000
REVEAL_MS = 3_500
CALM = 2
ENERGY = {True: 3, False: 1}
BULLETINS = (2, 4)  # rounds, counted from 0


class Phase(StrEnum):
    """`intel` asks, `split` arms; between a reveal and the next question the match waits for `opens_at`."""

    WAITING = "waiting"
    INTEL = "intel"
    SPLIT = "split"
    OVER = "over"
    VOID = "void"


class Player(msgspec.Struct, frozen=True, gc=False):
    """One side. `temper` is '' for a person; `choice` and `split` are those of the running round."""

    temper: str
    shield: int = SHIELD
    right: int = 0
    energy: int = 0
    choice: int | None = None
    was_right: bool = False
    split: Split | None = None
    salt: str = ""
    rescued: bool = False


class Round(msgspec.Struct, frozen=True, gc=False):
    """A round that is over: what each side had, did and suffered."""

    energy: tuple[int, int]
    choices: tuple[int | None, int | None]
    splits: tuple[Split, Split]
    clash: Clash


class Match(msgspec.Struct, frozen=True, gc=False):
    """The whole of a match. `drawn` are places in the release's items, `orders` by round and side their options."""

    stream: int
    rounds: int = 0
    way: str = ""
    calm: bool = False
    drawn: tuple[int, ...] = ()
    orders: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = ()
    bulletins: tuple[int, ...] = ()
    players: tuple[Player, ...] = ()
    phase: str = Phase.WAITING
    round: int = 0
    opens_at: int = 0
    closes_at: int = 0
    played: tuple[Round, ...] = ()

    @property
    def shields(self) -> tuple[int, int]:
        return (self.players[0].shield, self.players[1].shield)

    @property
    def right(self) -> tuple[int, int]:
        return (self.players[0].right, self.players[1].right)

    @property
    def advised(self) -> int | None:
        """The threat that this round's bulletin makes stronger."""
        return self.bulletins[BULLETINS.index(self.round)] if self.round in BULLETINS else None

    @property
    def winner(self) -> int:
        """The side with the higher shield, then with more right answers; -1 when it is tied."""
        first, second = zip(self.shields, self.right, strict=True)
        return -1 if first == second else int(first < second)

    def may_rescue(self, side: int) -> bool:
        return not self.players[side].rescued and may_rescue(self.shields, side)


def start(_snapshot: DuelSnapshot, stream: int) -> Match:
    return Match(stream)


def evolve(snapshot: DuelSnapshot, match: Match, fact: Fact, at: int) -> Match:
    after = match
    match fact:
        case MatchOpened():
            after = _opened(snapshot, match, fact)
        case SeatTaken() | BotSeated():
            after = _seated(match, getattr(fact, "temper", ""), at)
        case AnswerLocked():
            after = _answered(match, fact, at)
        case SplitLocked():
            after = _locked(match, fact, at)
        case WindowClosed():
            after = _closed(match, fact, at)
        case MatchResumed():
            after = _window(match, match.phase, at + READY_MS)
        case MatchVoided():
            after = msgspec.structs.replace(match, phase=Phase.VOID)
    return after


def record(match: Match) -> str:
    """The rounds in a line each, as both phones can write them down too."""
    return "\n".join(_line(number, each) for number, each in enumerate(match.played, 1))


def record_digest(match: Match) -> str:
    return digest(record(match).encode())


def sealed(split: Split, salt: str) -> str:
    """What the other side is told when a split is locked: it fixes the split and gives nothing of it away."""
    return digest(f"{salt} {_spent(split)}".encode())


def _opened(snapshot: DuelSnapshot, match: Match, fact: MatchOpened) -> Match:
    dice = Dice("duel-match", fact.seed)
    drawn = tuple(dice.sample(range(len(snapshot.items)), fact.rounds))
    orders = tuple((_order(snapshot, each, dice), _order(snapshot, each, dice)) for each in drawn)
    bulletins = tuple(dice.sample(range(SIZE), len(BULLETINS)))
    return Match(match.stream, fact.rounds, fact.way, fact.calm, drawn, orders, bulletins)


def _order(snapshot: DuelSnapshot, place: int, dice: Dice) -> tuple[int, ...]:
    item = snapshot.items[place]
    places = range(item.choices)
    return tuple(dice.sample(places, item.choices)) if item.kind == "single" else tuple(places)


def _seated(match: Match, temper: str, at: int) -> Match:
    players = (*match.players, Player(temper))
    seated = msgspec.structs.replace(match, players=players)
    return seated if len(players) == 1 else _window(seated, Phase.INTEL, at + READY_MS)


def _window(match: Match, phase: str, opens_at: int) -> Match:
    length = (INTEL_MS if phase == Phase.INTEL else SPLIT_MS) * (CALM if match.calm else 1)
    return msgspec.structs.replace(match, phase=phase, opens_at=opens_at, closes_at=opens_at + length)


def _answered(match: Match, fact: AnswerLocked, at: int) -> Match:
    answered = _with(match, fact.side, choice=fact.choice, was_right=fact.right)
    if any(each.choice is None for each in answered.players):
        return answered
    return _arm(answered, at)


def _arm(match: Match, at: int) -> Match:
    """Everybody has answered, or may no more: what was known becomes energy."""
    for side, player in enumerate(match.players):
        right = player.choice is not None and player.was_right
        match = _with(match, side, energy=ENERGY[right], right=player.right + right, was_right=right)
    return _window(match, Phase.SPLIT, at)


def _locked(match: Match, fact: SplitLocked, at: int) -> Match:
    locked = _with(match, fact.side, split=fact.split, salt=fact.salt)
    return locked if any(each.split is None for each in locked.players) else _reveal(locked, at)


def _closed(match: Match, fact: WindowClosed, at: int) -> Match:
    if fact.phase == Phase.INTEL:
        return _arm(match, at)
    for side, split in enumerate(fact.splits):
        if split is not None:
            match = _with(match, side, split=split)
    return _reveal(match, at)


def _reveal(match: Match, at: int) -> Match:
    """Both splits meet; then comes the next round, or the end."""
    first, second = match.players
    splits = (first.split or Split(), second.split or Split())
    clash = fight(match.shields, splits, match.advised)
    done = Round((first.energy, second.energy), (first.choice, second.choice), splits, clash)
    for side, player in enumerate(match.players):
        match = _with(
            match, side, shield=clash.shields[side], rescued=player.rescued or splits[side].rescue, choice=None,
            was_right=False, split=None, salt="", energy=0,
        )  # fmt: skip
    match = msgspec.structs.replace(match, played=(*match.played, done), round=match.round + 1)
    if match.round == match.rounds or 0 in clash.shields:
        return msgspec.structs.replace(match, phase=Phase.OVER, opens_at=at, closes_at=at)
    return _window(match, Phase.INTEL, at + REVEAL_MS * (CALM if match.calm else 1))


def _with(match: Match, side: int, **changes: object) -> Match:
    players = list(match.players)
    players[side] = msgspec.structs.replace(players[side], **changes)
    return msgspec.structs.replace(match, players=tuple(players))


def _line(number: int, played: Round) -> str:
    energy, splits, shields = played.energy, played.splits, played.clash.shields
    return f"{number} {energy[0]}/{energy[1]} {_spent(splits[0])} {_spent(splits[1])} {shields[0]}:{shields[1]}"


def _spent(split: Split) -> str:
    cards = "".join(map(str, sorted(split.cards)))
    return f"{split.attack}x{split.points}+{cards}{'!' if split.rescue else ''}"
