"""The life of an incident and its clock, without a database."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from cyberweek.duty import facts
from cyberweek.duty.incidents.rules import (
    Due,
    NotNow,
    due,
    fold,
    light,
    require_closable,
    require_not_closed,
    require_open,
)
from cyberweek.kernel.clock import from_ms
from cyberweek.kernel.regulations import pack_on

PACK = pack_on(date(2026, 11, 24))
NOTICED = 1_780_000_000_000
HOUR = 3_600_000
RULE = "国家网络安全事件报告管理办法"


def registered(grade: str = "larger", sort: str = "outage", *, critical: bool = False) -> facts.Fact:
    return facts.IncidentRegistered(1, sort, grade, "2026-01-01", NOTICED, critical, False, "d")


def state(*more, first=None):
    """The state after registering and further facts, an hour apart."""
    rows = [first or registered(), *more]
    return fold((fact, NOTICED + number * HOUR) for number, fact in enumerate(rows))


def reported(letter: str, hours: int = 1) -> facts.IncidentReported:
    return facts.IncidentReported(1, letter, NOTICED + hours * HOUR)


@pytest.mark.parametrize(("first", "hours", "source"), [
    (registered("larger"), 4, RULE),
    (registered("extraordinary"), 4, RULE),
    (registered("larger", critical=True), 1, RULE),
    (registered("general", "flaw"), 24, "网络数据安全管理条例 第十条"),
    (registered("larger", "flaw"), 4, RULE),
])  # fmt: skip
def test_the_first_report_is_due_by_the_pack(first, hours, source):
    assert due(state(first=first), PACK) == Due("first", from_ms(NOTICED + hours * HOUR), source)


def test_a_general_incident_needs_no_report():
    assert due(state(first=registered("general")), PACK) is None


def test_follow_up_is_the_offices_habit_and_counts_from_the_last_report():
    assert due(state(reported("first", 2)), PACK) == Due("follow-up", from_ms(NOTICED + 26 * HOUR), "")
    assert due(state(reported("first", 2), reported("follow-up", 9)), PACK) == Due(
        "follow-up", from_ms(NOTICED + 33 * HOUR), ""
    )


def test_the_summary_is_due_thirty_days_after_handling():
    handled = state(reported("first"), facts.IncidentHandled(1))

    assert due(handled, PACK) == Due("summary", from_ms(NOTICED + 2 * HOUR) + timedelta(days=30), RULE)
    assert due(state(reported("first"), facts.IncidentHandled(1), reported("summary", 3)), PACK) is None


def test_a_graver_grade_starts_the_clock_from_the_moment_of_noticing():
    later = state(facts.IncidentGraded(1, "major", "2026-01-01", "pack", "d"), first=registered("general"))

    assert due(later, PACK) == Due("first", from_ms(NOTICED + 4 * HOUR), RULE)


def test_the_light_turns_red_when_the_time_has_come():
    at = datetime(2026, 11, 24, 8, tzinfo=UTC)

    assert [light(Due("first", at, ""), at + timedelta(seconds=each)) for each in (-1, 0, 1)] == ["warn", "bad", "bad"]
    assert light(None, at) == "good"


def test_a_reportable_incident_closes_only_with_its_summary():
    handled = [reported("first"), facts.IncidentHandled(1)]

    with pytest.raises(NotNow) as refused:
        require_closable(state(*handled), PACK)
    require_closable(state(*handled, reported("summary", 3)), PACK)
    require_closable(state(facts.IncidentHandled(1), first=registered("general")), PACK)

    assert refused.value.reason == "summary"


def test_what_is_closed_stays_closed():
    closed = state(facts.IncidentHandled(1), facts.IncidentClosed(1), first=registered("general"))

    for refuse in (require_not_closed, require_open, lambda each: require_closable(each, PACK)):
        with pytest.raises(NotNow):
            refuse(closed)


def test_every_fact_of_an_incident_is_folded_and_no_other():
    made = {
        facts.IncidentRegistered: registered(), facts.IncidentGraded: facts.IncidentGraded(1, "major", "", "seat", "d"),
        facts.IncidentNoted: facts.IncidentNoted(1, "d"), facts.EvidenceKept: facts.EvidenceKept(1, "d", 3),
        facts.PartyTold: facts.PartyTold(1, "police", 5, "d"), facts.IncidentReported: reported("first"),
        facts.ActivityTakenAway: facts.ActivityTakenAway(1), facts.IncidentHandled: facts.IncidentHandled(1),
        facts.IncidentClosed: facts.IncidentClosed(1),
    }  # fmt: skip

    assert list(made) == list(facts.INCIDENT_FACTS)
    assert fold((fact, 1) for fact in made.values()).steps == len(made)
    with pytest.raises(TypeError):
        fold([(object.__new__(type("Odd", (facts.Fact,), {"KIND": "odd"}, frozen=True)), 1)])
