"""Read incidents with their states. Never writes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from cyberweek.component.models import Visibility
from cyberweek.duty.facts import INCIDENT_FACTS
from cyberweek.duty.incidents.grading import Measures, reached
from cyberweek.duty.incidents.rules import CLOSED, Due, IncidentState, due, fold, light
from cyberweek.duty.models import Evidence, Incident, Statement
from cyberweek.duty.statement import Said
from cyberweek.duty.words import GRADE_NAMES, SORT_NAMES, said
from cyberweek.kernel.codec import decode
from cyberweek.kernel.regulations import Pack, Threshold, pack_on
from cyberweek.ledger.fact import Fact, FactTypes, Origin, Row
from cyberweek.ledger.queries import streams_rows
from cyberweek.people.queries import seat_names
from cyberweek.plan.models import Activity, Campaign

_types = FactTypes(INCIDENT_FACTS)


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident as lists and pages show it."""

    incident: Incident
    state: IncidentState
    due: Due | None
    light: str

    @property
    def grade(self) -> str:
        return str(GRADE_NAMES[self.state.grade])

    @property
    def sort(self) -> str:
        return str(SORT_NAMES[self.state.sort])

    @property
    def is_closed(self) -> bool:
        return self.state.stage == CLOSED


@dataclass(frozen=True, slots=True)
class Act:
    """One fact of an incident in words, with what was written then."""

    at: int
    who: str
    words: str
    text: str
    is_erased: bool
    is_simulated: bool
    evidence: Evidence | None


def incident_lines(campaign: Campaign, now: datetime) -> list[IncidentLine]:
    """Every incident of a campaign, open ones first, in two queries whatever their number."""
    found = list(Incident.objects.filter(campaign=campaign).select_related("activity"))
    rows = streams_rows([each.stream for each in found])
    lines = [_line(each, rows.get(each.stream, []), now) for each in found]
    return sorted(
        (each for each in lines if each.state.steps), key=lambda each: (each.is_closed, -each.incident.number)
    )


def find_line(campaign: Campaign, number: int, now: datetime) -> IncidentLine | None:
    found = Incident.objects.filter(campaign=campaign, number=number).select_related("activity", "campaign").first()
    return None if found is None else _line(found, streams_rows([found.stream]).get(found.stream, []), now)


def state_of(incident: Incident) -> IncidentState:
    return _folded(streams_rows([incident.stream]).get(incident.stream, []))


def pack_of(state: IncidentState) -> Pack:
    """The regulation pack of the day on which an incident was noticed."""
    return pack_on(date.fromisoformat(state.pack))


def measures_of(incident: Incident) -> Measures:
    return Measures(**incident.measures)


def thresholds(line: IncidentLine) -> list[Threshold]:
    """What the figures that are known reach, gravest first."""
    return reached(measures_of(line.incident), pack_of(line.state))


def history(line: IncidentLine) -> list[Act]:
    """What happened to an incident, oldest first, with the seats that acted."""
    rows = streams_rows([line.incident.stream]).get(line.incident.stream, [])
    names = seat_names({-row.actor for row in rows})
    texts, files = _texts(line.incident), {each.digest: each for each in evidence(line.incident)}
    return [_act(row, _types.read(row), names, texts, files) for row in rows]


def words_at_first(line: IncidentLine) -> str:
    """What was written when the incident was registered; '' once it is erased."""
    return next((act.text for act in history(line)), "")


def evidence(incident: Incident) -> list[Evidence]:
    return list(incident.evidence.defer("body"))


def shown_activities(campaign: Campaign, first: int | None = None) -> list[Activity]:
    """The activities of which people see something now, the named one first."""
    seen = Visibility.objects.filter(activity__campaign=campaign, withdrawn=False).exclude(release=None)
    found = [each.activity for each in seen.select_related("activity").order_by("activity__no")]
    return sorted(found, key=lambda each: each.pk != first)


def _line(incident: Incident, rows: Collection[Row], now: datetime) -> IncidentLine:
    state = _folded(rows)
    next_due = due(state, pack_of(state)) if state.steps else None
    return IncidentLine(incident, state, next_due, light(next_due, now))


def _folded(rows: Collection[Row]) -> IncidentState:
    return fold((_types.read(row), row.at) for row in rows)


def _texts(incident: Incident) -> dict[str, str]:
    rows = Statement.objects.filter(incident=incident).values_list("digest", "body")
    return {digest: decode(body.encode(), Said).words for digest, body in rows}


def _act(row: Row, fact: Fact, names: dict[int, str], texts: dict[str, str], files: dict[str, Evidence]) -> Act:
    digest = getattr(fact, "digest", "")
    text, file = texts.get(digest, ""), files.get(digest)
    return Act(
        at=row.at,
        who=names.get(-row.actor, ""),
        words=said(fact),
        text=text,
        is_erased=bool(digest and not text and not file),
        is_simulated=row.origin == Origin.SIMULATED,
        evidence=file,
    )
