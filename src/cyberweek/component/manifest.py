"""The manifest of an activity kind: pure data, one screen, readable by tests, docs, lane and console alike."""

from __future__ import annotations

from dataclasses import dataclass, field

from cyberweek.component.matches import MatchRules
from cyberweek.component.metric import Metric
from cyberweek.component.rules import Rules
from cyberweek.component.snapshot import Snapshot
from cyberweek.ledger.fact import Fact


@dataclass(frozen=True, slots=True)
class Component:
    """Everything the house must know of an activity kind.

    kind            the word of the plan reader: `quiz`
    name            what people call it (Chinese message id)
    snapshot        the shape of its releases
    facts           every fact type it ever wrote, old versions included
    rules           how a command becomes facts; None for a kind without mass participation
    matches         how two sides play against each other on sockets; None for a kind without matches
    metrics         what is counted from its facts
    gives_chances   its rules may record ChanceEarned, so that a draw can be held for it
    personal_data   kinds of personal data it asks for; empty means none, and no impact assessment is needed
    play_url        URL name of its public page, called with the activity's slug
    console_url     URL name of its console page, called with the activity's slug
    """

    kind: str
    name: str
    snapshot: type[Snapshot]
    facts: tuple[type[Fact], ...]
    metrics: tuple[Metric, ...]
    rules: Rules | None = None
    matches: MatchRules | None = None
    gives_chances: bool = False
    personal_data: tuple[str, ...] = ()
    play_url: str = ""
    console_url: str = ""


class UnknownKind(Exception):
    """Raised when something names an activity kind that is not registered."""


@dataclass(frozen=True, slots=True)
class Registry:
    """The registered components, checked once at start."""

    components: tuple[Component, ...]
    own_facts: tuple[type[Fact], ...] = ()
    own_metrics: tuple[Metric, ...] = ()
    _by_kind: dict[str, Component] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_kind = {each.kind: each for each in self.components}
        if len(by_kind) != len(self.components):
            raise ValueError("two components have the same kind")
        names = [metric.name for metric in self.metrics]
        if len(set(names)) != len(names):
            raise ValueError("two metrics have the same name")
        object.__setattr__(self, "_by_kind", by_kind)

    def get(self, kind: str) -> Component:
        try:
            return self._by_kind[kind]
        except KeyError:
            raise UnknownKind(kind) from None

    def knows(self, kind: str) -> bool:
        return kind in self._by_kind

    @property
    def metrics(self) -> tuple[Metric, ...]:
        return self.own_metrics + tuple(metric for each in self.components for metric in each.metrics)

    @property
    def facts(self) -> tuple[type[Fact], ...]:
        return self.own_facts + tuple(fact for each in self.components for fact in each.facts)
