"""What happens to an incident. Grades, times and keys only: what people wrote is kept apart, under its digest.

A fact of a drill is in a stream that began with `drill`, and counts nowhere.
"""

from __future__ import annotations

from typing import ClassVar

from cyberweek.ledger.fact import Fact


class IncidentRegistered(Fact, frozen=True):
    """Somebody on duty noticed something at `noticed` (ms); `grade` follows from the regulation pack named by its first day."""

    KIND: ClassVar[str] = "incident.registered"

    incident: int
    sort: str
    grade: str
    pack: str
    noticed: int
    critical: bool
    drill: bool
    digest: str


class IncidentGraded(Fact, frozen=True):
    """Figures that became known, or somebody's judgement, gave it a grade; `by` is pack or seat."""

    KIND: ClassVar[str] = "incident.graded"

    incident: int
    grade: str
    pack: str
    by: str
    digest: str


class IncidentNoted(Fact, frozen=True):
    """Something was written down."""

    KIND: ClassVar[str] = "incident.noted"

    incident: int
    digest: str


class EvidenceKept(Fact, frozen=True):
    """A file was kept; the digest is its SHA-256."""

    KIND: ClassVar[str] = "incident.evidence-kept"

    incident: int
    digest: str
    size: int


class PartyTold(Fact, frozen=True):
    """Somebody who has to know was told, at `told` (ms)."""

    KIND: ClassVar[str] = "incident.party-told"

    incident: int
    party: str
    told: int
    digest: str


class IncidentReported(Fact, frozen=True):
    """A report went out at `sent` (ms): first, follow-up or summary."""

    KIND: ClassVar[str] = "incident.reported"

    incident: int
    letter: str
    sent: int


class ActivityTakenAway(Fact, frozen=True):
    """The activity in the row was withdrawn because of the incident; in a drill it stayed."""

    KIND: ClassVar[str] = "incident.activity-taken-away"

    incident: int


class IncidentHandled(Fact, frozen=True):
    """It is over; the summary is due from here."""

    KIND: ClassVar[str] = "incident.handled"

    incident: int


class IncidentClosed(Fact, frozen=True):
    """Everything that had to be done about it has been done."""

    KIND: ClassVar[str] = "incident.closed"

    incident: int


INCIDENT_FACTS = (
    IncidentRegistered,
    IncidentGraded,
    IncidentNoted,
    EvidenceKept,
    PartyTold,
    IncidentReported,
    ActivityTakenAway,
    IncidentHandled,
    IncidentClosed,
)
FACTS = INCIDENT_FACTS
