"""A small quiz for the conformance suite and for whoever needs one."""

from __future__ import annotations

from datetime import UTC, datetime

from cyberweek.activities.quiz.rules import GiveAnswer, Paper
from cyberweek.activities.quiz.snapshot import Area, Item, QuizSnapshot, Slot, TopicAdvice
from cyberweek.kernel.windows import Window

KINDS = ("single", "multiple", "truth", "tap")
OTHER_WAYS = ({"mode": 1}, {"mode": 2, "group": 3})
RIGHT = {"single": (1,), "multiple": (0, 2), "truth": (1,), "tap": (1, 3)}


def item(number: int, topic: str) -> Item:
    kind = KINDS[number % 4]
    options = () if kind == "truth" else tuple(f"第{number}题选项{letter}" for letter in "甲乙丙丁")
    return Item(f"{topic}-{number}", topic, kind, 1, f"第{number}题", options, RIGHT[kind], f"解释{number}", "《示例》")


def snapshot(activity: int = 7, **changes) -> QuizSnapshot:
    """Open through November 2026; four questions a paper, no pause wanted between answers."""
    values = {
        "activity": activity,
        "title_zh": "示例答题",
        "title_en": "Example quiz",
        "window": Window(datetime(2026, 11, 1, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)),
        "items": tuple(item(number, topic) for topic in ("law", "fraud") for number in range(8)),
        "blueprint": (Slot("law", 2), Slot("fraud", 2)),
        "topics": (
            TopicAdvice("law", "法律", "Law", "读一读条文", "Read the articles"),
            TopicAdvice("fraud", "反诈", "Fraud", "先核实", "Check first"),
        ),
        "least_ms": 0,
        "districts": (Area("east", "东区", "East"), Area("west", "西区", "West")),
        "units": (Area("school-1", "第一小学", "School One"),),
    }
    return QuizSnapshot(**(values | changes))


def next_command(paper: Paper, *, right: bool = True) -> GiveAnswer | None:
    """A possible command in this state, or None when nothing is left to do."""
    if paper.finished:
        return None
    placed = paper.placed[len(paper.answers)]
    places = range(len(placed.order))
    real = placed.item.answer if right else tuple(each for each in places if each not in placed.item.answer)[:1]
    return GiveAnswer(len(paper.answers), tuple(sorted(placed.order.index(each) for each in real)))


def impossible_command() -> GiveAnswer:
    return GiveAnswer(0, (99,))
