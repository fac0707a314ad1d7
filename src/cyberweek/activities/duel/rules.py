"""The rules of a match. Pure: the same snapshot, state, command, moment and dice always give the same facts."""

from __future__ import annotations

from collections.abc import Sequence

from cyberweek.activities.duel import telling, temper
from cyberweek.activities.duel.clash import Split, is_possible
from cyberweek.activities.duel.facts import (
    AnswerLocked,
    BotSeated,
    MatchEnded,
    MatchOpened,
    MatchResumed,
    MatchVoided,
    SeatTaken,
    SplitLocked,
    WindowClosed,
)
from cyberweek.activities.duel.match import Match, Phase, evolve, record_digest, start
from cyberweek.activities.duel.moves import Answer, Lock
from cyberweek.activities.duel.snapshot import DuelSnapshot
from cyberweek.component.matches import MatchRules, Wish
from cyberweek.component.rules import Refused
from cyberweek.kernel.dice import Dice
from cyberweek.ledger.fact import Fact

ROUNDS = 6
TUTORIAL_ROUNDS = 3
GRACE_MS = 500  # for what was on the way when a window closed; the lane credits a side no more than it saw it need
VOID_MS = 60_000
SALT_WORDS = 4
WAYS = ("quick", "friend")
SOLO = ("practice", "tutorial")


def begin(wish: Wish, seed: int) -> MatchOpened:
    """Open a match; a first one to learn by is short and calm."""
    is_first = wish.way == "tutorial"
    return MatchOpened(seed, TUTORIAL_ROUNDS if is_first else ROUNDS, wish.way, wish.calm or is_first)


def sit(side: int, bot: str) -> Fact:
    return BotSeated(side, bot) if bot else SeatTaken(side)


def decide(
    snapshot: DuelSnapshot, match: Match, side: int, command: Answer | Lock, at: int, dice: Dice
) -> Sequence[Fact] | Refused:
    """Lock an answer or a split; the last split of a match also ends it."""
    phase = Phase.INTEL if isinstance(command, Answer) else Phase.SPLIT
    refused = _untimely(match, command.round, phase, at)
    if refused is not None:
        return refused
    if isinstance(command, Answer):
        return _answer(snapshot, match, side, command, at)
    return _lock(snapshot, match, side, command, at, dice)


def due(match: Match) -> int | None:
    return None if is_over(match) or match.phase == Phase.WAITING else match.closes_at + GRACE_MS


def close(snapshot: DuelSnapshot, match: Match, at: int, dice: Dice) -> Sequence[Fact]:
    """End the open window: who has not answered was wrong, who has not split defends with all there is."""
    splits = tuple(
        None if player.split is not None or match.phase == Phase.INTEL else temper.all_defence(player.energy, dice)
        for player in match.players
    )
    return _ended(snapshot, match, WindowClosed(match.round, match.phase, (splits[0], splits[1])), at)


def resume(_snapshot: DuelSnapshot, match: Match, at: int) -> Sequence[Fact]:
    """Go on with a match that stood still: its window opens anew, but after a minute it is void."""
    if is_over(match):
        return ()
    if match.phase == Phase.WAITING or at > match.closes_at + VOID_MS:
        return (MatchVoided(match.round),)
    return (MatchResumed(match.round, match.phase),)


def is_over(match: Match) -> bool:
    return match.phase in (Phase.OVER, Phase.VOID)


def _untimely(match: Match, round_: int, phase: str, at: int) -> Refused | None:
    """In the round and phase that are open, and in time; else why not."""
    if is_over(match):
        return Refused("finished")
    asked, now = (round_, phase == Phase.SPLIT), (match.round, match.phase == Phase.SPLIT)
    if asked < now or at > match.closes_at:
        return Refused("too-late")
    return Refused("not-yet") if asked > now or at < match.opens_at else None


def _answer(snapshot: DuelSnapshot, match: Match, side: int, command: Answer, at: int) -> Sequence[Fact] | Refused:
    item, order = snapshot.items[match.drawn[match.round]], match.orders[match.round][side]
    if match.players[side].choice is not None:
        return Refused("already-answered")
    if not 0 <= command.choice < len(order):
        return Refused("impossible-choice")
    took = at - match.opens_at
    if took < snapshot.least_ms:
        return Refused("too-fast")
    choice = order[command.choice]
    return (AnswerLocked(side, match.round, item.code, item.topic, choice, choice == item.answer, took),)


def _lock(
    snapshot: DuelSnapshot, match: Match, side: int, command: Lock, at: int, dice: Dice
) -> Sequence[Fact] | Refused:
    player = match.players[side]
    split = Split(command.attack, command.points, tuple(sorted(command.cards)), command.rescue)
    if player.split is not None:
        return Refused("already-answered")
    if not is_possible(split, player.energy):
        return Refused("impossible-split")
    if command.rescue and not match.may_rescue(side):
        return Refused("no-rescue")
    salt = "".join(f"{dice.below(2**32):08x}" for _ in range(SALT_WORDS))
    return _ended(snapshot, match, SplitLocked(side, match.round, split, salt), at)


def _ended(snapshot: DuelSnapshot, match: Match, fact: Fact, at: int) -> Sequence[Fact]:
    """The fact, and the end of the match if that is what it brings."""
    after = evolve(snapshot, match, fact, at)
    if after.phase != Phase.OVER:
        return (fact,)
    return (fact, MatchEnded(after.winner, after.shields, after.right, after.round, record_digest(after)))


RULES = MatchRules(
    command=Answer | Lock, ways=WAYS, solo=SOLO, tempers=tuple(temper.TEMPERS), begin=begin, sit=sit, start=start,
    decide=decide, due=due, close=close, resume=resume, evolve=evolve, is_over=is_over, told=telling.told,
    intend=temper.intend,
)  # fmt: skip
