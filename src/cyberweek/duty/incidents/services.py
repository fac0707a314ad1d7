"""Register incidents and record what happens to them: one fact per act, on the incident's own stream.

A text or file is kept before the fact that names it by its digest: one whose fact never came is shown nowhere.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from django.db import IntegrityError, transaction
from django.db.models import Max

from cyberweek.component import services as component
from cyberweek.duty.facts import (
    ActivityTakenAway,
    EvidenceKept,
    IncidentClosed,
    IncidentGraded,
    IncidentHandled,
    IncidentNoted,
    IncidentRegistered,
    IncidentReported,
    PartyTold,
)
from cyberweek.duty.incidents.grading import GRADES, NOTHING, Measures, grade_of
from cyberweek.duty.incidents.queries import pack_of, state_of
from cyberweek.duty.incidents.rules import IncidentState, require_closable, require_not_closed, require_open
from cyberweek.duty.models import Evidence, Incident, Statement
from cyberweek.duty.statement import Said
from cyberweek.kernel.clock import CHINA, to_ms
from cyberweek.kernel.codec import canonical
from cyberweek.kernel.ids import Node, StreamIds
from cyberweek.kernel.regulations import pack_on
from cyberweek.ledger.fact import Fact, Origin
from cyberweek.ledger.journal import Append, Duplicate, Writer
from cyberweek.plan.models import Activity, Campaign

MOST_BYTES = 20_000_000
_TRIES = 5
_ids = StreamIds(Node.DUTY)


@dataclass(frozen=True, slots=True)
class Hand:
    """By which seat an act is made, when, and through which writer."""

    writer: Writer
    seat: int
    at: datetime
    origin: int = Origin.REAL


@dataclass(frozen=True, slots=True)
class Noticed:
    """What is known when an incident is registered."""

    sort: str
    said: Said
    at: datetime
    activity: Activity | None = None
    measures: Measures = NOTHING
    is_critical: bool = False
    is_drill: bool = False


class Crowded(Exception):
    """Raised when others wrote to the same incident each time it was tried."""


class TooLarge(Exception):
    """Raised by keep_evidence for a file of more than MOST_BYTES."""


def register(campaign: Campaign, noticed: Noticed, *, hand: Hand) -> Incident:
    """Begin an incident, graded by the pack of the day on which it was noticed."""
    pack = pack_on(noticed.at.astimezone(CHINA).date())
    incident = _numbered(campaign, noticed, hand.at)
    _keep(incident, noticed.said)
    fact = IncidentRegistered(
        incident.pk, noticed.sort, grade_of(noticed.measures, pack), pack.valid_from.isoformat(), to_ms(noticed.at),
        noticed.is_critical, noticed.is_drill, noticed.said.digest,
    )  # fmt: skip
    hand.writer.append(_append(incident, 1, fact, hand))
    return incident


def grade(incident: Incident, measures: Measures, said: Said, *, hand: Hand, at_least: str = "") -> str:
    """Grade it again by what is known now; a seat may judge it graver than the figures do. Returns the grade. Raises NotNow."""
    require_not_closed(state_of(incident))
    _keep(incident, said)
    by_pack = grade_of(measures, pack_of(state_of(incident)))
    grade = max((each for each in (by_pack, at_least) if each), key=GRADES.index)

    def graded(state: IncidentState) -> Fact:
        require_not_closed(state)
        by = "pack" if grade == by_pack else "seat"
        return IncidentGraded(incident.pk, grade, state.pack, by, said.digest)

    _record(incident, graded, hand)
    incident.measures = msgspec.to_builtins(measures)
    incident.save(update_fields=["measures"])
    return grade


def note(incident: Incident, said: Said, *, hand: Hand) -> None:
    """Write something down. Raises NotNow."""
    require_not_closed(state_of(incident))
    _keep(incident, said)
    _record_while_open(incident, IncidentNoted(incident.pk, said.digest), hand)


def keep_evidence(incident: Incident, name: str, body: bytes, *, hand: Hand) -> None:
    """Keep a file and its SHA-256; the same file is kept once. Raises TooLarge or NotNow."""
    if len(body) > MOST_BYTES:
        raise TooLarge(len(body))
    require_not_closed(state_of(incident))
    digest = hashlib.sha256(body).hexdigest()
    _row, is_new = Evidence.objects.get_or_create(
        incident=incident, digest=digest,
        defaults={"name": name[-120:], "size": len(body), "body": body, "kept_at": hand.at},
    )  # fmt: skip
    if is_new:
        _record_while_open(incident, EvidenceKept(incident.pk, digest, len(body)), hand)


def tell(incident: Incident, party: str, told: datetime, said: Said, *, hand: Hand) -> None:
    """Write down who was told, when and by which way. Raises NotNow."""
    require_not_closed(state_of(incident))
    _keep(incident, said)
    _record_while_open(incident, PartyTold(incident.pk, party, to_ms(told), said.digest), hand)


def report(incident: Incident, letter: str, sent: datetime, *, hand: Hand) -> None:
    """Write down that a report went out. Raises NotNow."""
    _record_while_open(incident, IncidentReported(incident.pk, letter, to_ms(sent)), hand)


def take_away(incident: Incident, activity: Activity, *, hand: Hand) -> None:
    """Withdraw an activity everywhere because of the incident; a drill leaves it. Raises NotNow or NothingShown."""
    require_not_closed(state_of(incident))
    if not incident.is_drill:
        component.withdraw(activity, f"安全事件 {incident.number}", writer=hand.writer, seat=hand.seat, at=hand.at)
    _record_while_open(incident, ActivityTakenAway(incident.pk), hand, activity=activity.pk)


def handle(incident: Incident, *, hand: Hand) -> None:
    """It is over. Raises NotNow."""

    def handled(state: IncidentState) -> Fact:
        require_open(state)
        return IncidentHandled(incident.pk)

    _record(incident, handled, hand)


def close(incident: Incident, *, hand: Hand) -> None:
    """Nothing is left to do about it. Raises NotNow."""

    def closed(state: IncidentState) -> Fact:
        require_closable(state, pack_of(state))
        return IncidentClosed(incident.pk)

    _record(incident, closed, hand)


def _numbered(campaign: Campaign, noticed: Noticed, at: datetime) -> Incident:
    """A row under the next number of the campaign, whoever else registers at the same time."""
    for _try in range(_TRIES):
        last = Incident.objects.filter(campaign=campaign).aggregate(last=Max("number"))["last"] or 0
        try:
            with transaction.atomic():
                return Incident.objects.create(
                    campaign=campaign, number=last + 1, stream=_ids.mint(to_ms(at)), activity=noticed.activity,
                    measures=msgspec.to_builtins(noticed.measures), is_drill=noticed.is_drill,
                )  # fmt: skip
        except IntegrityError:
            continue
    raise Crowded


def _record_while_open(incident: Incident, fact: Fact, hand: Hand, activity: int = 0) -> None:
    def told(state: IncidentState) -> Fact:
        require_not_closed(state)
        return fact

    _record(incident, told, hand, activity)


def _record(incident: Incident, make: Callable[[IncidentState], Fact], hand: Hand, activity: int = 0) -> None:
    """Append what follows from the present state, and from the new one when somebody else was quicker."""
    for _try in range(_TRIES):
        state = state_of(incident)
        try:
            hand.writer.append(_append(incident, state.steps + 1, make(state), hand, activity))
        except Duplicate:
            continue
        return
    raise Crowded


def _append(incident: Incident, step: int, fact: Fact, hand: Hand, activity: int = 0) -> Append:
    return Append(
        stream=incident.stream, step=step, at=to_ms(hand.at), facts=[fact], activity=activity, actor=-hand.seat,
        origin=hand.origin,
    )  # fmt: skip


def _keep(incident: Incident, said: Said) -> None:
    Statement.objects.get_or_create(incident=incident, digest=said.digest, defaults={"body": canonical(said).decode()})
