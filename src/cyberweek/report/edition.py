"""What an edition holds: everything a summary says, with where each figure comes from. Pure; the same input, the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from cyberweek.component.metric import Metric
from cyberweek.kernel.codec import canonical
from cyberweek.ledger.fact import FactTypes, Row
from cyberweek.ledger.tallies import Folder

Key = tuple[str, int, str]


class Definition(msgspec.Struct, frozen=True):
    """A metric as it was understood when the edition was made."""

    name: str
    label: str
    unit: str
    fact: str
    distinct: bool


class Figure(msgspec.Struct, frozen=True):
    """A counted value; activity 0 stands for facts that belong to none."""

    metric: str
    activity: int
    bucket: str
    value: int


class Held(msgspec.Struct, frozen=True):
    """An activity as the plan says it, and the digest of the release that people saw."""

    id: int
    no: int
    kind: str
    name: str
    starts: str
    ends: str
    place: str
    hosts: tuple[str, ...]
    release: int
    digest: str


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """The whole edition. `chain_n` and `chain_digest` say up to which fact it counts."""

    shape: str = "edition-1"
    campaign: str
    theme: str
    area: str
    starts: str
    ends: str
    signed_by: str
    at: int
    chain_n: int
    chain_digest: str
    is_simulated: bool
    definitions: tuple[Definition, ...]
    figures: tuple[Figure, ...]
    activities: tuple[Held, ...]
    theme_days: tuple[tuple[str, str], ...]
    tasks: int
    units: int
    texts: tuple[tuple[str, str], ...]

    def value(self, metric: str, activity: int | None = None, bucket: str = "") -> int:
        """The sum of a metric over all activities, or for one."""
        return sum(
            each.value
            for each in self.figures
            if each.metric == metric and each.bucket == bucket and activity in (None, each.activity)
        )

    def people(self, activity: int | None = None) -> int:
        """People counted elsewhere, less what was voided."""
        return self.value("imported.people", activity) - self.value("imported.people-voided", activity)

    def by_bucket(self, metric: str, prefix: str) -> dict[str, int]:
        """The values of a metric's further split, by what follows the prefix."""
        split: dict[str, int] = {}
        for each in self.figures:
            if each.metric == metric and each.bucket.startswith(prefix):
                name = each.bucket.removeprefix(prefix)
                split[name] = split.get(name, 0) + each.value
        return split


def definitions(metrics: Iterable[Metric]) -> tuple[Definition, ...]:
    return tuple(Definition(m.name, m.label, m.unit, m.kind, m.distinct) for m in metrics)


def figures(counts: Mapping[Key, int]) -> tuple[Figure, ...]:
    """Counts in one order, whatever order they were read in."""
    return tuple(Figure(*key, value) for key, value in sorted(counts.items()))


def recount(rows: Iterable[Row], metrics: Iterable[Metric], types: FactTypes) -> tuple[Figure, ...]:
    """The figures counted again from the facts themselves."""
    counts, _last = Folder(tuple(metrics), types).count(rows)
    sums = dict(counts.sums)
    sums |= {key: len(actors) for key, actors in counts.actors.items()}
    return figures(sums)


def write(body: Body) -> bytes:
    return canonical(body)
