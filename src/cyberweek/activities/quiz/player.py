"""How simulated residents play a quiz: they read, think, know most answers by the end of the week, and sometimes cheat.

Knows the protocol of the lane and what is told, as a phone does; neither the rules nor the right answers.
"""

from __future__ import annotations

from typing import Any

from cyberweek.activities.quiz import metrics
from cyberweek.activities.quiz.rules import Mode
from cyberweek.component.metrics import CHANCE_HOLDERS, CHANCES
from cyberweek.component.ports import Player
from cyberweek.kernel.dice import Dice

SKILL = 85  # of a hundred questions whose answer has got around, so many are answered by it
SETTINGS = {f"count_{topic}": "2" for topic in ("fraud", "phishing", "passwords", "devices", "payments")}


async def play(phone: Any, path: str, dice: Dice) -> None:
    """Play one paper of the day to its end."""
    opened = await phone.begin(path, mode=Mode.DAILY)
    question = opened and opened["next"]
    while question:
        await phone.think(4 + dice.below(16))
        told = await phone.do({"place": question["place"], "choice": _choice(phone, question, dice)})
        if told is None:
            return
        _note(phone, question, told)
        question = told["next"]


async def cheat(phone: Any, path: str, dice: Dice) -> None:
    """Play like a script: faster than anybody reads, out of turn, with a made-up paper, twice; and then honestly on."""
    opened = await phone.begin(path, mode=Mode.DAILY)
    question = opened and opened["next"]
    if not question:
        return
    await phone.cheat("faster than reading", place=0, choice=[0])
    await phone.think(60)
    await phone.cheat("out of turn", skip=3, place=3, choice=[0])
    await phone.cheat("a choice that is not there", place=0, choice=[99])
    await phone.cheat("somebody else's paper", attempt=phone.attempt[:-4] + "AAAA", place=0, choice=[0])
    first = {"place": 0, "choice": _choice(phone, question, dice)}
    told = await phone.do(first)
    if told is None:
        return
    _note(phone, question, told)
    if await phone.again({"place": 0, "choice": [len(question["options"] or "ab") - 1]}) != told:
        phone.record.notice("a script heard another answer the second time")


def _choice(phone: Any, question: dict[str, Any], dice: Dice) -> list[int]:
    """The answer that has got around, when there is one and somebody heard of it; else a guess."""
    words = _words(question)
    known = phone.record.heard.get(question["stem"])
    if known and dice.below(100) < SKILL:
        return [place for place, each in enumerate(words) if each in known]
    return [dice.below(len(words))]


def _note(phone: Any, question: dict[str, Any], told: dict[str, Any]) -> None:
    record, verdict, result = phone.record, told["verdict"], told["result"]
    record.heard[question["stem"]] = frozenset(_words(question)[place] for place in verdict["correct"])
    record.see(metrics.PARTICIPANTS.name, phone.ticket)
    record.add(metrics.ANSWERS.name)
    record.add(metrics.RIGHT.name, int(verdict["right"]))
    if result:
        record.add(metrics.PAPERS.name)
        record.add(metrics.PASSED.name, int(result["passed"]))
        if result["chance"] == "earned":
            record.add(CHANCES.name)
            record.see(CHANCE_HOLDERS.name, phone.ticket)


def _words(question: dict[str, Any]) -> list[str]:
    return question["options"] or ["true", "false"]


PLAYER = Player("quiz", SETTINGS, play, cheat)
