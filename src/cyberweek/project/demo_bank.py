"""The demo's bank: the city's own questions at every stage of review, and how hard questions are for simulated residents."""

from __future__ import annotations

from datetime import datetime, timedelta

from cyberweek.activities.quiz.paper import Placed
from cyberweek.activities.quiz.snapshot import Item
from cyberweek.kernel.dice import Dice
from cyberweek.ledger import door
from cyberweek.ledger.fact import Origin
from cyberweek.people.models import Seat
from cyberweek.project import address
from cyberweek.questions import review, uploads
from cyberweek.questions.models import BankUpload, Question
from cyberweek.questions.queries import import_plan

BATCHES = address.ROOT / "campaigns" / "questions"
EASE = {1: 6, 2: -4, 3: -14}  # what a question's difficulty does to a resident's skill
MISREAD, ODDS = -70, 20  # one question in twenty is misread by most, so that the statistics have something to show


def fill(office: Seat, second: Seat, at: datetime) -> None:
    """Import a batch of the city's own questions, at every stage of review; another waits to be confirmed."""
    first = _upload("first-batch.txt", office, at)
    uploads.confirm(first, seen=import_plan(first).digest, seat=office, at=at)
    written = list(Question.objects.filter(steps__seat=office).order_by("pk"))
    review.ask(written[:4], seat=office, at=at + timedelta(minutes=5))
    later = at + timedelta(minutes=20)
    seen = {written[3].pk: written[3].digest}
    review.approve(seen, seat=second, writer=door.writer(), at=later, origin=Origin.SIMULATED)
    review.send_back(written[2], "“银行应用自己会加密”说得太满，请写明挡得住什么。", seat=second, at=later)
    _upload("second-batch.csv", second, later)


def ease(item: Item) -> int:
    """How much easier than usual a question is for everybody."""
    return MISREAD if Dice("demo-misread", item.code).below(ODDS) == 0 else EASE[item.difficulty]


def mistake(placed: Placed, dice: Dice) -> tuple[int, ...]:
    """A wrong answer, two times in three the one that tempts most."""
    wrong = [each for each in range(len(placed.order)) if each not in placed.item.answer] or [0]
    tempting = Dice("demo-tempting", placed.item.code).below(len(wrong))
    return (wrong[tempting if dice.below(3) else dice.below(len(wrong))],)


def _upload(name: str, seat: Seat, at: datetime) -> BankUpload:
    return uploads.receive((BATCHES / name).read_bytes(), name, seat=seat, at=at)
