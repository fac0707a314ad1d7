"""What every registered kind with matches must do, beside what every activity must."""

from __future__ import annotations

import pytest

from cyberweek.component.manifest import Component
from cyberweek.component.matches import SIDES, Wish, replay_match
from cyberweek.component.rules import Refused
from cyberweek.kernel.dice import Dice
from cyberweek.kernel.ids import StreamIds
from cyberweek.ledger import tallies
from cyberweek.ledger.fact import FactTypes
from cyberweek.ledger.journal import Append
from cyberweek.project.registry import REGISTRY
from tests.component.test_conformance import AT, counts, example

WITH_MATCHES = [pytest.param(each, id=each.kind) for each in REGISTRY.components if each.matches is not None]


def run(component: Component, *, bot: str = ""):
    """Play an example between two who are always there; gives the snapshot, the live state and [(fact, at)]."""
    made, rules = example(component), component.matches
    snapshot, dice = made.snapshot(), Dice("conformance")
    state = rules.start(snapshot, 1)
    done = []

    def record(facts, at: int) -> None:
        nonlocal state
        for fact in facts:
            state = rules.evolve(snapshot, state, fact, at)
            done.append((fact, at))

    record([rules.begin(Wish(), 7), rules.sit(0, ""), rules.sit(1, bot)], AT)
    at = AT
    while not rules.is_over(state):
        at = max(at, state.opens_at) + 1_000
        for side in SIDES:
            command = made.next_command(state, side, right=side == 0)
            if command is not None:
                facts = rules.decide(snapshot, state, side, command, at, dice)
                assert not isinstance(facts, Refused), facts
                record(facts, at)
    return snapshot, state, done


@pytest.mark.parametrize("component", WITH_MATCHES)
def test_a_match_gives_the_same_facts_again(component):
    assert run(component) == run(component)


@pytest.mark.parametrize("component", WITH_MATCHES)
def test_a_replayed_match_gives_the_live_state_and_the_same_messages(component):
    snapshot, state, done = run(component)

    again, told = replay_match(component.matches, snapshot, 1, done)

    assert again == state
    assert (again, told) == replay_match(component.matches, snapshot, 1, done)


@pytest.mark.parametrize("component", WITH_MATCHES)
def test_a_refused_move_changes_nothing(component):
    made, rules = example(component), component.matches
    snapshot, _state, done = run(component)
    state, _told = replay_match(rules, snapshot, 1, done[:3])

    refused = rules.decide(snapshot, state, 0, made.impossible_command(), state.opens_at + 1, Dice("x"))

    assert isinstance(refused, Refused)
    assert state == replay_match(rules, snapshot, 1, done[:3])[0]


@pytest.mark.parametrize("component", WITH_MATCHES)
def test_what_a_match_records_is_declared(component):
    _snapshot, _state, done = run(component, bot=component.matches.tempers[0])

    assert {type(fact) for fact, _at in done} <= set(component.facts)


@pytest.mark.parametrize("component", WITH_MATCHES)
def test_metrics_of_matches_counted_on_the_way_equal_those_counted_from_zero(component, any_house):
    ids, types = StreamIds(node=9), FactTypes(REGISTRY.facts)
    for bot in ("", *component.matches.tempers):
        snapshot, _state, done = run(component, bot=bot)
        stream = ids.mint(AT)
        for step, (fact, at) in enumerate(done, 1):
            any_house.writer.append(Append(stream, step, at, [fact], snapshot.activity, 1, step))
    store, folder = any_house.store(), tallies.Folder(REGISTRY.metrics, types)
    while tallies.catch_up(store, folder, limit=3):
        pass
    on_the_way = counts(store)

    tallies.rebuild(store, folder)
    from_zero = counts(store)
    store.close()

    assert on_the_way == from_zero
    assert {metric for metric, *_ in on_the_way} == {metric.name for metric in component.metrics}


@pytest.mark.parametrize("component", WITH_MATCHES)
def test_my_data_can_be_told_from_a_metric_of_different_participants(component):
    assert [metric.name for metric in component.metrics if metric.distinct and metric.daily] != []
