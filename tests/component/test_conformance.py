"""What every registered activity must do. A new kind is covered as soon as it is registered and has an example."""

from __future__ import annotations

import importlib.util
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from cyberweek.component.facts import ChanceEarned
from cyberweek.component.manifest import Component
from cyberweek.component.rules import Refused, replay
from cyberweek.kernel.clock import to_ms
from cyberweek.kernel.codec import canonical, decode, digest
from cyberweek.kernel.ids import StreamIds
from cyberweek.ledger import tallies
from cyberweek.ledger.fact import FactTypes
from cyberweek.ledger.journal import Append
from cyberweek.people.ticket import Attempt
from cyberweek.project.registry import REGISTRY

AT = to_ms(datetime(2026, 11, 24, 2, tzinfo=UTC))
ACTIVITIES = Path(__file__).parents[1] / "activities"
LOCK = Path(__file__).parents[2] / "facts.lock"
KINDS = [pytest.param(each, id=each.kind) for each in REGISTRY.components]
WITH_RULES = [pytest.param(each, id=each.kind) for each in REGISTRY.components if each.rules is not None]


def example(component: Component):
    path = ACTIVITIES / component.kind / "example.py"
    spec = importlib.util.spec_from_file_location(f"{component.kind}_example", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def attempt(snapshot, participant: int = 5, **way: int) -> Attempt:
    return Attempt(snapshot.activity, 1, participant, StreamIds().mint(AT) + participant, **way)


def run(component: Component, participant: int = 5, **way: int):
    """Play an example to its end; gives the snapshot, the live state and [(facts, at, told)]."""
    made = example(component)
    snapshot, rules = made.snapshot(), component.rules
    state = rules.start(snapshot, attempt(snapshot, participant, **way))
    done, at = [], AT
    while (command := made.next_command(state)) is not None:
        at += 1_000
        facts = rules.decide(snapshot, state, command, at)
        assert not isinstance(facts, Refused), facts
        for fact in facts:
            state = rules.evolve(snapshot, state, fact, at)
        done.append((facts, at, rules.tell(snapshot, state, facts)))
    assert done, "the example does nothing"
    return snapshot, state, done


@pytest.mark.parametrize("component", KINDS)
def test_a_snapshot_survives_its_bytes(component):
    snapshot = example(component).snapshot()
    data = canonical(snapshot)

    assert decode(data, component.snapshot) == snapshot
    assert digest(canonical(decode(data, component.snapshot))) == digest(data)


@pytest.mark.parametrize("component", WITH_RULES)
def test_the_rules_give_the_same_facts_again(component):
    assert run(component) == run(component)


@pytest.mark.parametrize("component", WITH_RULES)
def test_replayed_facts_give_the_live_state(component):
    snapshot, state, done = run(component)
    facts = [(fact, at) for facts, at, _told in done for fact in facts]

    assert replay(component.rules, snapshot, attempt(snapshot), facts) == state


@pytest.mark.parametrize("component", WITH_RULES)
def test_a_retry_hears_the_first_answer_from_a_later_state(component):
    snapshot, state, done = run(component)

    assert [component.rules.tell(snapshot, state, facts) for facts, _at, _told in done] == [told for *_, told in done]


@pytest.mark.parametrize("component", WITH_RULES)
def test_a_refused_command_changes_nothing(component):
    made = example(component)
    snapshot = made.snapshot()
    state = component.rules.start(snapshot, attempt(snapshot))
    before = msgspec.json.encode(state)

    assert isinstance(component.rules.decide(snapshot, state, made.impossible_command(), AT + 1), Refused)
    assert msgspec.json.encode(state) == before


@pytest.mark.parametrize("component", WITH_RULES)
def test_every_fact_is_declared_and_survives_its_bytes(component):
    _snapshot, _state, done = run(component)
    facts = [fact for facts, _at, _told in done for fact in facts]

    shared = {ChanceEarned} if component.gives_chances else set()
    assert {type(fact) for fact in facts} <= set(component.facts) | shared
    assert [msgspec.json.decode(msgspec.json.encode(fact), type=type(fact)) for fact in facts] == facts


@pytest.mark.parametrize("component", WITH_RULES)
def test_metrics_counted_on_the_way_equal_those_counted_from_zero(component, any_house):
    append_runs(component, any_house.writer)
    types = FactTypes(REGISTRY.facts)
    store = any_house.store()
    while tallies.catch_up(store, tallies.Folder(REGISTRY.metrics, types), limit=3):
        pass
    on_the_way = counts(store)

    tallies.rebuild(store, tallies.Folder(REGISTRY.metrics, types))
    from_zero = counts(store)
    store.close()

    assert on_the_way == from_zero
    assert {metric for metric, *_ in on_the_way} == {metric.name for metric in component.metrics}


@pytest.mark.parametrize("component", WITH_RULES)
def test_my_data_can_be_told_from_a_metric_of_different_participants(component):
    assert [metric.name for metric in component.metrics if metric.distinct and metric.daily] != []


def append_runs(component: Component, writer) -> None:
    """Two participants, one of them twice, and then every other way of taking part that the example names."""
    ids = StreamIds(node=9)
    ways = [(participant, {}) for participant in (5, 6, 5)]
    for participant, way in [*ways, *((7, each) for each in getattr(example(component), "OTHER_WAYS", ()))]:
        snapshot, _state, done = run(component, participant, **way)
        stream = ids.mint(AT)
        for step, (facts, at, _told) in enumerate(done, 1):
            writer.append(Append(stream, step, at, facts, snapshot.activity, 1, participant))


def counts(store) -> list[tuple]:
    return sorted(store.execute("SELECT metric, activity, bucket, value FROM ledger_count"))


def test_names_and_shapes_of_facts_only_grow():
    """facts.lock holds every fact ever written; add lines for new facts, never change one."""
    now = {f"{f.KIND} {f.VERSION} {','.join(f.__struct_fields__)}" for f in REGISTRY.facts}
    locked = set(LOCK.read_text(encoding="utf-8").splitlines())

    assert locked <= now, "a fact that was written once can no longer be read"
    assert now <= locked, "add the new facts to facts.lock"
