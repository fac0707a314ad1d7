"""What is written to whom about tasks: of acts, of days, and once a day of everything; each exactly once."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cyberweek.kernel.clock import CHINA
from cyberweek.messages.models import Letter
from cyberweek.people.models import Seat
from cyberweek.people.services import end_seat
from cyberweek.supervision.evidence import Said
from cyberweek.supervision.letters import write_letters
from cyberweek.supervision.services import Given, Hand, assign_all, make_move, take_back
from tests.factories import people, plan
from tests.factories.units import unit


def at(day: int, hour: int = 6) -> datetime:
    """A moment of November 2026, before the digest unless told."""
    return datetime(2026, 11, day, hour, tzinfo=CHINA)


@pytest.fixture
def pair(house):
    """A task of the bureau that is handed out on the 24th and due on the 27th; everybody sits in their seats."""
    for name, role in (("liaison", "liaison"), ("lead", "lead")):
        people.staff(name, role, of=unit("bureau"))
    people.staff("office", "organiser")
    made = plan.task(plan.campaign(), 1, unit=unit("bureau"), due=date(2026, 11, 27))
    assign_all(made.task.campaign, writer=house.writer, seat=1, at=at(24))
    return made


@pytest.fixture
def move(house, pair):
    def make(name: str, when: datetime, **given: object) -> None:
        said = Said("salt", "已办好") if name in {"report", "return", "ask-extension", "withdraw"} else None
        make_move(pair, name, hand=Hand(house.writer, 1, when), given=Given(said=said, **given))

    return make


def written() -> list[tuple[str, str]]:
    """To whom and what, in the order of writing, among those that nobody has read."""
    return list(Letter.objects.filter(read_at=None).order_by("pk").values_list("seat__role", "subject"))


def read() -> None:
    Letter.objects.filter(read_at=None).update(read_at=at(24))


def test_all_that_is_handed_out_at_once_is_one_letter(house, pair):
    plan.task(pair.task.campaign, 2, unit=unit("bureau"))
    plan.task(pair.task.campaign, 3, unit=unit("bureau"))
    assign_all(pair.task.campaign, writer=house.writer, seat=1, at=at(24, 7))

    write_letters(at(24, 7))

    assert written() == [("liaison", "新交办 1 项任务，请签收"), ("liaison", "新交办 2 项任务，请签收")]


def test_each_act_is_told_to_whoever_waits_for_it(pair, move):
    write_letters(at(24))
    read()
    for name, given in (
        ("sign-for", {}), ("ask-extension", {"due": date(2026, 12, 1)}), ("due", {"due": date(2026, 12, 1)}),
        ("report", {}), ("return", {}), ("report", {}), ("close", {}),
    ):  # fmt: skip
        move(name, at(24), **given)

    write_letters(at(24, 7))

    assert written() == [
        ("organiser", "申请延期：第 1 项任务"),
        ("liaison", "改期限：第 1 项任务"),
        ("organiser", "反馈办理情况：第 1 项任务"),
        ("liaison", "退回补充：第 1 项任务"),
        ("organiser", "反馈办理情况：第 1 项任务"),
    ]


def test_what_was_taken_back_before_anybody_was_told_is_not_told(house, pair, move):
    write_letters(at(24))
    read()
    move("urge", at(24))
    take_back(pair, hand=Hand(house.writer, 1, at(24)))

    write_letters(at(24, 7))

    assert written() == []


def test_reminders_climb_from_liaison_to_lead_to_office(pair, move):
    write_letters(at(24))
    move("sign-for", at(24))
    read()
    told = {}
    for day in range(24, 31):
        write_letters(at(day))
        told[day] = [(role, subject.partition("：")[0]) for role, subject in written()]
        read()

    assert told == {
        24: [],
        25: [("liaison", "还有 2 天到期")],
        26: [],
        27: [("liaison", "今天到期")],
        28: [("liaison", "已逾期 1 天"), ("lead", "已逾期 1 天")],
        29: [],
        30: [("liaison", "已逾期 3 天"), ("lead", "已逾期 3 天"), ("organiser", "已逾期 3 天")],
    }


def test_a_step_is_said_once_however_often_a_round_comes_and_whatever_the_clock_does(pair, move):
    move("sign-for", at(24))
    for day in (25, 25, 30, 26, 24, 30, 28, 25):
        write_letters(at(day))
        write_letters(at(day, 7))

    reasons = Counter(reason.partition(":")[0] for reason in Letter.objects.values_list("reason", flat=True))
    assert reasons == {"assigned": 1, "due": 1 + 3 + 2}


def test_a_clock_that_jumps_over_the_week_makes_no_flood(pair, move):
    move("sign-for", at(24))
    write_letters(at(24))
    read()

    write_letters(datetime(2027, 6, 1, 6, tzinfo=CHINA))

    assert [role for role, _subject in written()] == ["liaison", "lead", "organiser"]


def test_a_liaison_who_leaves_in_mid_week_leaves_no_hole(pair, move):
    end_seat(Seat.objects.get(role="liaison").holdings.get(), at=at(24))

    write_letters(at(24))
    assert written() == [("lead", "新交办 1 项任务，请签收")]
    read()
    people.staff("follower", "liaison", of=unit("bureau"))
    move("urge", at(25))
    write_letters(at(25, 3))

    assert ("liaison", "催办：第 1 项任务") in written()


def test_a_unit_without_anybody_is_told_to_the_office(house):
    people.staff("office", "organiser")
    made = plan.task(plan.campaign(), 1, unit=unit("empty"), due=date(2026, 11, 27))
    assign_all(made.task.campaign, writer=house.writer, seat=1, at=at(24))

    write_letters(at(24))

    assert written() == [("organiser", "新交办 1 项任务，请签收")]


def test_a_digest_comes_once_a_day_after_eight_and_only_with_something_in_it(pair, move):
    write_letters(at(24, 7))
    read()

    for hour in (7, 8, 9, 23):
        write_letters(at(24, hour))

    assert written() == [("organiser", "今日任务：11月24日"), ("liaison", "今日任务：11月24日")]
    text = Letter.objects.get(subject__contains="今日任务", seat__role="organiser").text
    assert text == "待签收（1 项）\n1. bureau：第 1 项任务（期限 11月27日，待签收）"
    for name in ("sign-for", "report", "close"):
        move(name, at(24, 10))
    read()
    write_letters(at(25, 9))
    assert [subject for _role, subject in written() if "今日任务" in subject] == []


def test_a_campaign_long_over_has_no_digest(pair):
    write_letters(datetime(2027, 6, 1, 9, tzinfo=CHINA))

    assert [subject for _role, subject in written() if "今日任务" in subject] == []


def test_letters_of_the_past_are_not_written_by_a_newcomer(pair):
    write_letters(at(30) + timedelta(days=7))

    assert [subject for _role, subject in written() if "新交办" in subject] == []


@pytest.mark.parametrize("many", [1, 3, 300])
def test_a_round_asks_equally_often_whatever_the_number_of_tasks(house, many):
    week = plan.campaign()
    people.staff("office", "organiser")
    for no in range(1, many + 1):
        plan.task(week, no, unit=unit("bureau"))
    assign_all(week, writer=house.writer, seat=1, at=at(24))
    write_letters(at(24, 9))

    with CaptureQueriesContext(connection) as captured:
        write_letters(at(24, 9))

    assert len(captured) == 7


def test_without_a_campaign_nothing_is_written(house):
    assert write_letters(at(24)) == 0
