"""Reading the ledger never walks it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import json

from cyberweek.activities.quiz.facts import AnswerGiven
from cyberweek.ledger.queries import newest_bodies, seen_under
from tests.factories import plan
from tests.factories.facts import answer
from tests.factories.report import head_count


@pytest.fixture
def played(any_house):
    """Participant 7 answered in two activities on two days; participant 8 somewhere else."""
    for stream, (activity, participant, days) in enumerate([(1, 7, 0), (1, 7, 1), (2, 7, 1), (3, 8, 1)], 1):
        at = any_house.at + timedelta(days=days)
        answer(any_house.writer, activity=activity, participant=participant, at=at, stream=stream)
    any_house.count()
    return any_house


def test_an_actor_is_found_under_every_bucket_that_counted_it(played):
    assert seen_under(7, ["quiz.participants"]) == [
        ("quiz.participants", 1, ""),
        ("quiz.participants", 1, "2026-11-24"),
        ("quiz.participants", 1, "2026-11-25"),
        ("quiz.participants", 2, ""),
        ("quiz.participants", 2, "2026-11-25"),
    ]


@pytest.mark.parametrize(("actor", "metrics"), [(9, ["quiz.participants"]), (7, []), (7, ["quiz.answers"])])
def test_whoever_was_not_counted_is_found_nowhere(played, actor, metrics):
    assert seen_under(actor, metrics) == []


def test_the_newest_bodies_of_a_kind_come_first_and_no_more_than_asked(played):
    played.writer.append(head_count(plan.activity(plan.campaign(), 1), 1, at=played.at))  # a newer fact of another kind

    found = list(newest_bodies("quiz.answer-given", limit=2))

    assert [(stream, release) for stream, release, _body in found] == [(4, 1), (3, 1)]
    assert {json.decode(body, type=AnswerGiven).item for _stream, _release, body in found} == {"q-1"}
    assert list(newest_bodies("quiz.paper-submitted", limit=2)) == []


def test_an_actor_is_found_by_probes_of_primary_keys_alone(house):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        seen_under(7, ["quiz.participants", "hunt.participants"])

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {captured[0]['sql']}")
        plan = [row[3] for row in cursor.fetchall()]
    assert len(captured) == 1
    assert plan == [
        "SEARCH c USING COVERING INDEX sqlite_autoindex_ledger_count_1 (metric=?)",
        "SEARCH s USING COVERING INDEX sqlite_autoindex_ledger_seen_1 (metric=? AND activity=? AND bucket=? AND actor=?)",
    ]


def test_facts_have_no_index_of_actors(house):
    from django.db import connection

    with connection.cursor() as cursor:
        indexes = connection.introspection.get_constraints(cursor, "ledger_fact")

    assert sorted(each["columns"] for each in indexes.values() if each["columns"]) == [
        ["n"],
        ["stream", "step", "part"],
    ]
