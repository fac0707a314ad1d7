"""What a quiz records. Names and versions never change once written."""

from __future__ import annotations

from typing import ClassVar

from cyberweek.ledger.fact import Fact


class AnswerGiven(Fact, frozen=True):
    """A question of a paper was answered: which positions of the published options, and what was told then."""

    KIND: ClassVar[str] = "quiz.answer-given"

    place: int
    item: str
    topic: str
    choice: tuple[int, ...]
    right: bool
    took_ms: int


class PaperSubmitted(Fact, frozen=True):
    """The last question of a paper was answered.

    `mode` says how it was played: daily, learning or class. `district` and `unit` are codes of units for which the
    participant chose to play, '' for none; only a daily paper has them.
    """

    KIND: ClassVar[str] = "quiz.paper-submitted"
    VERSION: ClassVar[int] = 2

    right: int
    of: int
    passed: bool
    mode: str = "daily"
    district: str = ""
    unit: str = ""


class PaperSubmitted1(Fact, frozen=True):
    """Version 1, from when nobody could say for whom they play."""

    KIND: ClassVar[str] = "quiz.paper-submitted"
    mode: ClassVar[str] = ""
    district: ClassVar[str] = ""
    unit: ClassVar[str] = ""

    right: int
    of: int
    passed: bool


class ClassPaperSubmitted(Fact, frozen=True):
    """A paper that began with a class's code was finished. The class is a number; its name is no fact.

    The actor of every fact of such a paper is the paper's own stream: no key stands for a device or a pupil, none ties
    two papers together, and what counts different participants counts such papers one by one.
    """

    KIND: ClassVar[str] = "quiz.class-paper-submitted"

    classroom: int


FACTS = (AnswerGiven, PaperSubmitted, PaperSubmitted1, ClassPaperSubmitted)
