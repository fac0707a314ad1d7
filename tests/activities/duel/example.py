"""A small duel for the conformance suite and for whoever needs one."""

from __future__ import annotations

from datetime import UTC, datetime

from cyberweek.activities.duel.match import Match, Phase
from cyberweek.activities.duel.moves import Answer, Lock
from cyberweek.activities.duel.snapshot import DuelSnapshot, Item
from cyberweek.kernel.windows import Window


def item(number: int) -> Item:
    kind = "truth" if number % 4 == 3 else "single"
    options = () if kind == "truth" else tuple(f"第{number}题选项{letter}" for letter in "甲乙丙丁")
    return Item(f"item-{number}", "fraud", kind, f"第{number}题", options, number % 2, f"解释{number}", "《示例》")


def snapshot(activity: int = 8, **changes) -> DuelSnapshot:
    """Open through November 2026; twelve questions, no pause wanted before an answer."""
    values = {
        "activity": activity,
        "title_zh": "示例对战",
        "title_en": "Example duel",
        "window": Window(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)),
        "items": tuple(item(number) for number in range(12)),
        "least_ms": 0,
    }
    return DuelSnapshot(**(values | changes))


def next_command(match: Match, side: int, *, right: bool = True) -> Answer | Lock | None:
    """A possible command of a side in this state, or None when there is nothing for it to do."""
    player = match.players[side]
    if match.phase == Phase.INTEL and player.choice is None:
        key = snapshot().items[match.drawn[match.round]].answer
        shown = match.orders[match.round][side].index(key)
        return Answer(match.round, shown if right else 1 - min(shown, 1))
    if match.phase == Phase.SPLIT and player.split is None:
        return Lock(match.round, attack=side, points=1, cards=(3, 5)[: player.energy - 1])
    return None


def impossible_command() -> Answer:
    return Answer(0, 99)
