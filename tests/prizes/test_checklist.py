"""What an organiser has to do, and what Today says of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cyberweek.prizes.checklist import checklists, next_step
from cyberweek.prizes.sheet import Delivery, Instant
from tests.prizes.examples import prize

KEYS = ["rules", "stock", "list", "sources", "draw", "settle", "erase"]


def steps(made, at):
    return checklists([made.draw], at)[made.activity.pk]


def test_the_first_step_that_can_be_taken_is_next_and_the_others_are_open(drawing):
    found = steps(drawing, drawing.after_closing)

    assert [each.key for each in found] == KEYS
    assert [each.state for each in found] == ["done", "next", "open", "later", "later", "later", "later"]


def test_with_nothing_to_do_the_soonest_step_is_named(drawing_with):
    made = drawing_with(prizes=(prize("cup", 2),))
    found = next_step(steps(made, made.after_closing - timedelta(days=2)))

    assert (found.key, found.state, found.at) == ("list", "later", made.after_closing - timedelta(minutes=30))


def test_steps_follow_one_another_to_the_end(drawing_with):
    from cyberweek.prizes.services import claims

    made = drawing_with(prizes=(prize("cup", 2),))
    seen = []

    def look(at):
        found = next_step(steps(made, at))
        seen.append(found and (found.key, str(found.state)))

    look(made.after_closing)
    made.earn(range(1, 4))
    made.close_list()
    look(made.after_closing)
    for name in made.sheet.sources:
        for officer in (0, 1):
            made.record(name, "1", officer)
    look(made.draw_time)
    made.hold()
    look(made.draw_time)
    look(made.window_over)
    claims.settle(made.draw, writer=made.house.writer, seat=1, at=made.window_over)
    look(made.window_over)
    look(made.erase_time)
    claims.erase(made.draw, writer=made.house.writer, seat=1, at=made.erase_time)
    look(made.erase_time)

    assert seen == [
        ("list", "next"), ("sources", "next"), ("draw", "next"), ("settle", "later"), ("settle", "next"),
        ("erase", "later"), ("erase", "next"), None,
    ]  # fmt: skip


def test_keys_of_past_days_are_to_be_published(drawing_with):
    from cyberweek.prizes.services import draws

    made = drawing_with(prizes=(prize("cup", 2),), instant=Instant(prize("instant", 5), 3, {}))
    at = made.after_closing - timedelta(days=4)
    assert next_step(steps(made, at)).key == "keys"
    draws.publish_day_keys(made.draw, vault=made.means.vault, writer=made.house.writer, seat=1, at=at)

    assert next_step(steps(made, at)).key == "list"


@pytest.mark.parametrize(
    ("phase", "cards"),
    [
        ("earning", []),
        ("closed", [("抽奖：示例答题", "封存名单", "warn", "/console/prizes/quiz/")]),
        ("erased", [("抽奖：示例答题", "结清，候补递补", "bad", "/console/prizes/quiz/")]),
    ],
)
def test_today_shows_what_is_to_be_done_and_what_is_late(now_in, rf, phase, cards):
    from cyberweek.prizes.cards import today_cards

    made = now_in(phase, chances=3, prizes=(prize("cup", 2),))
    request = rf.get("/console/")
    request.user = made.officers[0].holdings.get().staff

    found = today_cards(made.activity.campaign, request)
    assert [(each.title, each.figure, each.light, each.url) for each in found] == cards


def test_today_shows_no_draw_to_whoever_may_not_run_one(now_in, rf):
    from cyberweek.people.services import add_staff
    from cyberweek.prizes.cards import today_cards

    made = now_in("closed", chances=3)
    request = rf.get("/console/")
    request.user = add_staff("guest", name="", password="a long password for tests")

    assert today_cards(made.activity.campaign, request) == []


def test_a_card_in_stock_for_every_rank_is_enough(drawing_with):
    from cyberweek.prizes.services import claims

    made = drawing_with(prizes=(prize("card", 2, delivery=Delivery.VOUCHER),))
    states = []
    for number in (1, 2):
        claims.stock_up(made.activity.pk, "card", [f"A-{number}"], vault=made.means.vault)
        states.append(steps(made, made.house.at)[1].state)

    assert states == ["next", "done"]
