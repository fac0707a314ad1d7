"""The demo's tasks at every stage of their life, as on the second morning of a week. Everything is marked as simulated."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PIL import Image, ImageDraw

from cyberweek.kernel.dice import Dice
from cyberweek.ledger import door
from cyberweek.ledger.fact import Origin
from cyberweek.people.models import Seat, Staff
from cyberweek.people.services import give_seat
from cyberweek.plan.models import Campaign, TaskUnit
from cyberweek.supervision import album, services
from cyberweek.supervision.evidence import Said
from cyberweek.supervision.own_tasks import OwnTask, add_task
from cyberweek.units.models import Unit

WORDS = {
    "report": "活动已按方案举办，现场秩序良好，群众参与踊跃。（演示）",
    "return": "请补充活动现场照片，并说明人数是怎么数的。（演示）",
    "ask-extension": "场地临时调整，请求顺延。（演示）",
    "withdraw": "已并入另一项任务，不用再办。（演示）",
}
STORIES = (
    ("sign-for",),
    ("sign-for", "report", "close"),
    (),
    ("sign-for", "report"),
    ("sign-for", "report", "return"),
    ("sign-for", "ask-extension"),
    ("sign-for", "report", "close"),
    ("urge",),
    ("sign-for",),
    ("withdraw",),
)
FIRST_LATE = 1001  # nobody has answered it
BY_UNIT = {"sign-for", "report", "ask-extension"}


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts in the demo: the office's seat, and the seat of each unit's liaison."""

    office: Seat
    liaisons: dict[int, Seat]


def play(campaign: Campaign, office: Seat, liaison: Seat, opening: datetime) -> None:
    """Set tasks of the office's own, hand everything out, and let each go some way."""
    _add_own(campaign, opening)
    services.assign_all(
        campaign, writer=door.writer(), seat=office.pk, at=opening - timedelta(hours=20), origin=Origin.SIMULATED
    )
    found = TaskUnit.objects.filter(task__campaign=campaign).select_related(
        "task__activity", "task__campaign", "task__chosen_kind", "unit"
    )
    pairs = list(found.order_by("task__no", "order"))
    cast = Cast(office, _seats(pairs, liaison, opening))
    dice = Dice("demo-tasks", campaign.slug)
    for number, pair in enumerate(pairs):
        story = () if pair.task.no == FIRST_LATE else STORIES[number % len(STORIES)]
        for step, name in enumerate(story, 1):
            _act(pair, name, cast, dice, opening - timedelta(hours=19 - 2 * step, minutes=dice.below(50)))


def _add_own(campaign: Campaign, opening: datetime) -> None:
    """Two tasks that no plan names: one that is late on the second morning, and one that is due soon."""
    units = list(Unit.objects.filter(task_units__task__campaign=campaign).distinct().order_by("kind", "code")[:4])
    today = opening.date()
    add_task(
        campaign,
        OwnTask("报送开幕日活动信息", units[:2], due=today, kind="other", text_en="Report on the opening day"),
    )
    add_task(
        campaign,
        OwnTask(
            "检查本单位活动现场的应急准备", units[1:3], units[3:], due=today + timedelta(days=2), kind="check",
            text_en="Check what is ready for an emergency where your activities are held",
        ),
    )  # fmt: skip


def _seats(pairs: Sequence[TaskUnit], liaison: Seat, at: datetime) -> dict[int, Seat]:
    """A liaison in every unit that has a task; nobody signs in as them but as the demo's one."""
    units = {pair.unit_id: pair.unit for pair in pairs if pair.unit_id != liaison.unit_id}
    return {liaison.unit_id: liaison, **{pk: _liaison(unit, at) for pk, unit in units.items()}}


def _liaison(unit: Unit, at: datetime) -> Seat:
    staff = Staff.objects.create_user(f"liaison-{unit.code}")
    return give_seat(staff, unit=unit, role=Seat.Role.LIAISON, at=at).seat


def _act(pair: TaskUnit, name: str, cast: Cast, dice: Dice, at: datetime) -> None:
    seat = cast.liaisons[pair.unit_id] if name in BY_UNIT else cast.office
    said = _said(pair, name, dice, at) if name in WORDS else None
    due = (pair.task.due or at.date()) + timedelta(days=2) if name == "ask-extension" else None
    hand = services.Hand(door.writer(), seat.pk, at, Origin.SIMULATED)
    services.make_move(pair, name, hand=hand, given=services.Given(said=said, due=due))


def _said(pair: TaskUnit, name: str, dice: Dice, at: datetime) -> Said:
    salt = f"{dice.below(2**31):08x}"
    if name != "report":
        return Said(salt, WORDS[name])
    album.add_photo(pair, _photo(dice), at=at, scanner="")
    photos = tuple(shot.digest for shot in album.shots(pair))
    link = f"https://example.invalid/{pair.unit.code}"
    return Said(salt, WORDS[name], 80 + 10 * dice.below(40), ("measured", "estimated")[dice.below(2)], (link,), photos)


def _photo(dice: Dice) -> bytes:
    """A drawn stand-in for a photo: a stage with people before it, other ones each time."""
    image = Image.new("RGB", (640, 420), (214 + dice.below(30), 222, 226))
    draw = ImageDraw.Draw(image)
    draw.rectangle((60 + dice.below(80), 60, 500 + dice.below(80), 220), fill=(36, 70 + dice.below(80), 110))
    draw.rectangle((0, 220, 640, 260), fill=(120, 110, 100))
    for left, top in _crowd(dice):
        draw.ellipse((left, top, left + 34, top + 34), fill=(60 + dice.below(60), 52, 48))
        draw.rectangle((left - 6, top + 32, left + 40, top + 90), fill=(70 + dice.below(120), 80, 90 + dice.below(90)))
    out = io.BytesIO()
    image.save(out, "JPEG")
    return out.getvalue()


def _crowd(dice: Dice) -> Iterator[tuple[int, int]]:
    for row in range(3):
        for place in range(5 + dice.below(5)):
            yield 20 + place * 64 + dice.below(24), 230 + row * 60
