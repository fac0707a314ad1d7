"""What each side is told of a match, fact by fact. Nothing about an answer before both are locked, nor of a split.

Pairs are always (mine, theirs). The same facts give the same messages in the same order, so a phone that was away, or a
house that was, goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from cyberweek.activities.duel.clash import Hit, Split
from cyberweek.activities.duel.facts import (
    AnswerLocked,
    BotSeated,
    MatchEnded,
    MatchResumed,
    MatchVoided,
    SeatTaken,
    SplitLocked,
)
from cyberweek.activities.duel.match import Match, Phase, record_digest, sealed
from cyberweek.activities.duel.snapshot import DuelSnapshot
from cyberweek.component.matches import Told
from cyberweek.ledger.fact import Fact

LESSONS = 2

Pair = tuple[int, int]


class Met(msgspec.Struct, frozen=True, tag_field="what", tag="met"):
    """Both sides have sat down. `foe` is a bot's temper, '' for a person."""

    side: int
    rounds: int
    way: str
    calm: bool
    foe: str
    opens: int


class Asked(msgspec.Struct, frozen=True, tag_field="what", tag="asked"):
    """A round's question, as its window opens. `advised` is the threat of a bulletin, -1 when there is none."""

    round: int
    kind: str
    stem: str
    options: tuple[str, ...]
    advised: int
    opens: int
    closes: int


class Locked(msgspec.Struct, frozen=True, tag_field="what", tag="locked"):
    """A side has locked its answer, or its split under a seal; `choice` is only of one's own."""

    round: int
    phase: str
    mine: bool
    seal: str = ""
    choice: int = -1
    split: Split | None = None


class Armed(msgspec.Struct, frozen=True, tag_field="what", tag="armed"):
    """Both answers are in, or the window has closed: what was right, and one's energy; the other's is seen at the reveal."""

    round: int
    right: bool
    correct: int
    energy: int
    rescue: bool
    opens: int
    closes: int


class Revealed(msgspec.Struct, frozen=True, tag_field="what", tag="revealed"):
    """Both splits, what they did, and the salt under which the other side's was sealed ('' for one that stood in)."""

    round: int
    energy: Pair
    splits: tuple[Split, Split]
    salt: str
    hits: tuple[Hit, Hit]
    shields: Pair
    opens: int


class Missed(msgspec.Struct, frozen=True):
    """A question that went wrong, with what would have been right and why."""

    topic: str
    stem: str
    right: str
    truth: int
    explanation: str
    basis: str


class Finished(msgspec.Struct, frozen=True, tag_field="what", tag="finished"):
    """How it ended: won, lost or tied. `lessons` are threats that got through, the worst first."""

    result: str
    shields: Pair
    right: Pair
    digest: str
    lessons: tuple[int, ...]
    missed: tuple[Missed, ...]


class Resumed(msgspec.Struct, frozen=True, tag_field="what", tag="resumed"):
    """The house stood still for a moment; the window that was open opens anew."""

    round: int
    phase: str
    opens: int
    closes: int


class Voided(msgspec.Struct, frozen=True, tag_field="what", tag="voided"):
    """The match stood still for too long, and counts for nobody."""


def told(snapshot: DuelSnapshot, before: Match, fact: Fact, after: Match, side: int) -> Sequence[Told]:
    return tuple(_told(snapshot, before, fact, after, side))


def _told(snapshot: DuelSnapshot, before: Match, fact: Fact, after: Match, side: int) -> Iterator[Told]:
    match fact:
        case SeatTaken() | BotSeated() if after.phase == Phase.INTEL:
            foe = after.players[1 - side].temper
            yield Told(0, Met(side, after.rounds, after.way, after.calm, foe, after.opens_at))
            yield _asked(snapshot, after, side)
            return
        case AnswerLocked():
            mine = fact.side == side
            choice = after.orders[fact.round][side].index(fact.choice) if mine else -1
            yield Told(0, Locked(fact.round, Phase.INTEL, mine, choice=choice))
        case SplitLocked():
            mine = fact.side == side
            split = fact.split if mine else None
            yield Told(0, Locked(fact.round, Phase.SPLIT, mine, sealed(fact.split, fact.salt), split=split))
        case MatchResumed():
            yield Told(0, Resumed(fact.round, fact.phase, after.opens_at, after.closes_at))
        case MatchVoided():
            yield Told(0, Voided())
        case MatchEnded():
            yield Told(0, _finished(snapshot, after, side))
    if before.phase == Phase.INTEL and after.phase == Phase.SPLIT:
        yield Told(0, _armed(snapshot, after, side))
    if len(after.played) > len(before.played):
        yield Told(0, _revealed(before, fact, after, side))
        if after.phase == Phase.INTEL:
            yield _asked(snapshot, after, side)


def _asked(snapshot: DuelSnapshot, match: Match, side: int) -> Told:
    """The question, to be sent when its window opens and not before."""
    item = snapshot.items[match.drawn[match.round]]
    options = tuple(item.options[each] for each in match.orders[match.round][side]) if item.options else ()
    advised = -1 if match.advised is None else match.advised
    asked = Asked(match.round, item.kind, item.stem, options, advised, match.opens_at, match.closes_at)
    return Told(match.opens_at, asked)


def _armed(snapshot: DuelSnapshot, match: Match, side: int) -> Armed:
    item, own = snapshot.items[match.drawn[match.round]], match.players[side]
    correct = match.orders[match.round][side].index(item.answer)
    rescue = match.may_rescue(side)
    return Armed(match.round, own.was_right, correct, own.energy, rescue, match.opens_at, match.closes_at)


def _revealed(before: Match, fact: Fact, after: Match, side: int) -> Revealed:
    done, other = after.played[-1], 1 - side
    is_theirs = isinstance(fact, SplitLocked) and fact.side == other
    salt = fact.salt if isinstance(fact, SplitLocked) and is_theirs else before.players[other].salt
    return Revealed(
        before.round, _pair(done.energy, side), (done.splits[side], done.splits[other]), salt,
        (done.clash.hits[side], done.clash.hits[other]), _pair(done.clash.shields, side), after.opens_at,
    )  # fmt: skip


def _finished(snapshot: DuelSnapshot, match: Match, side: int) -> Finished:
    result = "tied" if match.winner < 0 else "won" if match.winner == side else "lost"
    return Finished(
        result, _pair(match.shields, side), _pair(match.right, side), record_digest(match), _lessons(match, side),
        tuple(_missed(snapshot, match, side)),
    )  # fmt: skip


def _lessons(match: Match, side: int) -> tuple[int, ...]:
    """The threats that did the most damage to a side."""
    suffered: dict[int, int] = {}
    for each in match.played:
        hit = each.clash.hits[1 - side]
        suffered[hit.threat] = suffered.get(hit.threat, 0) + hit.damage
    through = [threat for threat, damage in suffered.items() if damage]
    return tuple(sorted(through, key=lambda threat: (-suffered[threat], threat))[:LESSONS])


def _missed(snapshot: DuelSnapshot, match: Match, side: int) -> Iterator[Missed]:
    for round_, each in enumerate(match.played):
        item = snapshot.items[match.drawn[round_]]
        if each.choices[side] != item.answer:
            right = item.options[item.answer] if item.options else ""
            yield Missed(item.topic, item.stem, right, item.answer, item.explanation, item.basis)


def _pair(values: Pair, side: int) -> Pair:
    return (values[side], values[1 - side])
