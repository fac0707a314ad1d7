"""The life of a task, as its table says: what leads where, what is refused, and what can be taken back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberweek.supervision import facts
from cyberweek.supervision.rules import (
    DONE,
    MOVES,
    OFFICE,
    REGRET_MS,
    STAGES,
    UNIT,
    NotNow,
    TaskState,
    TooLate,
    allows,
    evolve,
    fold,
    light,
    move_named,
    require,
    require_taken_back,
    standing,
)

TODAY = date(2026, 11, 24)
EXAMPLES = {
    "assign": facts.TaskAssigned(1, "bureau", "2026-11-27"),
    "sign-for": facts.TaskSignedFor(1, "bureau"),
    "report": facts.TaskReported(1, "bureau", "d1", 300, "measured", 1, 0),
    "return": facts.TaskReturned(1, "bureau", "d2"),
    "close": facts.TaskClosed(1, "bureau", "d1"),
    "reopen": facts.TaskReopened(1, "bureau", "d3"),
    "ask-extension": facts.ExtensionAsked(1, "bureau", "2026-12-01", "d4"),
    "refuse-extension": facts.ExtensionRefused(1, "bureau", "d5"),
    "due": facts.TaskDueMoved(1, "bureau", "2026-12-01"),
    "urge": facts.TaskUrged(1, "bureau"),
    "withdraw": facts.TaskWithdrawn(1, "bureau", "d6"),
}


def after(*names: str, actor: int = -1) -> TaskState:
    return fold((EXAMPLES[name], at, actor) for at, name in enumerate(names, 1))


def test_every_move_has_its_fact_and_whose_it_is():
    assert {move.name: type(EXAMPLES[move.name]) for move in MOVES} == {move.name: move.fact for move in MOVES}
    assert {move.name for move in MOVES if move.by == UNIT} == {"sign-for", "report", "ask-extension"}
    assert {move.by for move in MOVES} == {UNIT, OFFICE}


def test_a_task_goes_from_assigned_to_done():
    names = ("assign", "sign-for", "report", "return", "report", "close", "reopen", "report", "close")

    stages = [after(*names[:count]).stage for count in range(len(names) + 1)]

    assert stages == [
        "draft", "assigned", "signed", "reported", "signed", "reported", "done", "signed", "reported", "done",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("before", "moves"),
    [
        ((), {"assign"}),
        (("assign",), {"sign-for", "ask-extension", "due", "urge", "withdraw"}),
        (("assign", "sign-for"), {"report", "ask-extension", "due", "urge", "withdraw"}),
        (("assign", "ask-extension"), {"sign-for", "ask-extension", "refuse-extension", "due", "urge", "withdraw"}),
        (("assign", "sign-for", "report"), {"return", "close", "due", "withdraw"}),
        (("assign", "sign-for", "report", "close"), {"reopen"}),
        (("assign", "withdraw"), {"assign"}),
    ],
)
def test_a_stage_allows_these_moves_and_no_others(before, moves):
    state = after(*before)

    assert {move.name for move in MOVES if allows(state, move)} == moves


def test_a_move_that_is_not_allowed_says_where_the_task_stands():
    with pytest.raises(NotNow) as caught:
        require(after("assign"), move_named("close"))

    assert (caught.value.stage, caught.value.wanted) == ("assigned", "close")


def test_an_extension_is_asked_for_until_it_is_answered():
    asked = after("assign", "ask-extension")

    assert (asked.due, asked.asked) == (date(2026, 11, 27), date(2026, 12, 1))
    assert after("assign", "ask-extension", "due").asked is None
    assert after("assign", "ask-extension", "due").due == date(2026, 12, 1)
    assert after("assign", "ask-extension", "refuse-extension").due == date(2026, 11, 27)
    assert after("assign", "ask-extension", "refuse-extension").asked is None


@pytest.mark.parametrize(
    ("names", "days", "word", "lamp"),
    [
        (("assign",), 3, "assigned", "warn"),
        (("assign",), 2, "due", "warn"),
        (("assign", "sign-for"), 3, "signed", "good"),
        (("assign", "sign-for"), 0, "due", "warn"),
        (("assign", "sign-for"), -1, "late", "bad"),
        (("assign", "sign-for", "report"), -1, "reported", "warn"),
        (("assign", "sign-for", "report", "close"), -9, "done", "done"),
        (("assign", "withdraw"), -9, "dropped", ""),
        ((), -9, "draft", ""),
    ],
)
def test_a_light_follows_the_day(names, days, word, lamp):
    state, today = after(*names), date(2026, 11, 27) - timedelta(days=days)

    assert (standing(state, today), light(state, today)) == (word, lamp)


@given(st.lists(st.sampled_from(sorted(EXAMPLES)), max_size=12), st.sampled_from(sorted(EXAMPLES)))
def test_taking_back_gives_what_was_before(names, last):
    facts_so_far = [(EXAMPLES[name], at, -1) for at, name in enumerate(names, 1)]
    before = fold(facts_so_far)
    acted = evolve(before, EXAMPLES[last], 50, -2)

    back = evolve(acted, facts.TaskActTakenBack(1, "bureau", acted.steps, acted.act), 60, -2)

    for field in ("stage", "due", "asked", "digest", "returned", "urged", "closed_at", "signed_at"):
        assert getattr(back, field) == getattr(before, field)
    assert back.steps == before.steps + 2


@given(st.lists(st.sampled_from(sorted(EXAMPLES)), max_size=12))
def test_a_state_is_always_one_of_the_stages_whatever_the_ledger_holds(names):
    state = after(*names)

    assert state.stage in STAGES
    assert state.steps == len(names)
    assert (state.closed_at > 0) == (state.stage == DONE)


@pytest.mark.parametrize(
    ("actor", "at", "can"),
    [(-1, 1, True), (-1, 1 + REGRET_MS, True), (-1, 2 + REGRET_MS, False), (-2, 1, False), (-1, -5, True)],
)
def test_only_who_acted_takes_back_and_only_at_once(actor, at, can):
    state = after("assign")

    if can:
        require_taken_back(state, actor=actor, at=at)
    else:
        with pytest.raises(TooLate):
            require_taken_back(state, actor=actor, at=at)


def test_what_was_taken_back_is_not_taken_back_again():
    acted = after("assign")
    back = evolve(acted, facts.TaskActTakenBack(1, "bureau", 1, acted.act), 5, -1)

    with pytest.raises(TooLate):
        require_taken_back(back, actor=-1, at=6)


def test_facts_of_the_first_version_still_lead_somewhere():
    old = [
        (facts.TaskAssigned(1, "bureau", ""), 1, -1), (facts.TaskSignedFor(1, "bureau"), 2, -1),
        (facts.TaskClosed1(1, "bureau"), 3, -1),
    ]  # fmt: skip

    assert fold(old).stage == "done"
    assert fold([*old, (facts.TaskReopened1(1, "bureau"), 4, -1)]).stage == "signed"
