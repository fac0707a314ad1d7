"""The demo shows everything alive."""

from __future__ import annotations

import pytest


@pytest.fixture
def demo(house):
    from cyberweek.project import demo
    from cyberweek.questions.services import load_bank
    from cyberweek.units.services import load_units

    load_units()
    load_bank()
    return demo.load(house.at)


def test_districts_a_unit_and_a_class_have_enough_to_show(demo):
    from cyberweek.activities.quiz.classes import class_view
    from cyberweek.activities.quiz.models import Classroom
    from cyberweek.activities.quiz.queries import district_cells, unit_cells
    from cyberweek.activities.quiz.snapshot import QuizSnapshot
    from cyberweek.component.reading import shown

    seen = shown(demo.pk, "quiz", QuizSnapshot)
    shares = [cell.shrunken for cell in district_cells(seen.activity, seen.snapshot) if cell.papers]

    assert class_view(Classroom.objects.get()).papers == 12
    assert len(shares) > 8
    assert len(set(shares)) > 8
    assert len([cell for cell in unit_cells(seen.activity, seen.snapshot) if cell.papers]) == 1


def test_what_was_just_published_is_not_called_changed(demo):
    from cyberweek.activities.quiz import queries
    from cyberweek.component.models import Release
    from cyberweek.kernel.codec import canonical, digest

    activity = demo.activities.get(slug="quiz")

    assert (
        digest(canonical(queries.snapshot_of(queries.quiz_of(activity))))
        == Release.objects.get(activity=activity).digest
    )


def test_the_bank_is_shown_at_every_stage_with_something_to_look_at(demo, house):
    from cyberweek.questions import listing
    from cyberweek.questions.models import BankUpload, Question

    counted = listing.counted(house.at, anew=True)
    flagged = listing.flagged(counted, demo.starts)
    (pair,) = listing.pairs()
    waiting = list(Question.objects.filter(stage="waiting").values_list("code", flat=True))

    assert sorted(Question.objects.filter(bundle_digest="").values_list("stage", flat=True)) == [
        "reviewed", "waiting", "waiting", "writing", "writing",
    ]  # fmt: skip
    assert (pair.one, pair.other in waiting) == ("fraud-001", True)
    assert BankUpload.objects.get().filename == "second-batch.csv"
    assert len(flagged) > 2


def test_everything_simulated_is_marked(demo, house):
    store = house.store()
    origins = store.execute("SELECT DISTINCT origin FROM ledger_fact")
    store.close()

    assert origins == [(1,)]


def test_every_role_has_a_seat_that_the_sign_in_page_shows(demo):
    from cyberweek.people.models import Holding, Seat
    from cyberweek.people.queries import ROLE_NAMES
    from cyberweek.project.demo import sign_ins

    shown = [(each["role"], len(each["code"])) for each in sign_ins()]

    assert shown == [(str(ROLE_NAMES[role]), 6) for role in (
        "organiser", "organiser", "lead", "liaison", "juror", "duty", "reviewer", "auditor", "system", "security", "audit",
    )]  # fmt: skip
    assert set(Holding.objects.values_list("seat__role", flat=True)) == set(Seat.Role.values)


def test_there_is_a_closed_drill_and_a_small_incident_whose_clock_runs(demo, house):
    from datetime import timedelta

    from cyberweek.duty.incidents.queries import incident_lines

    lines = incident_lines(demo, house.at)

    assert [(each.incident.is_drill, each.sort, each.grade, each.state.stage) for each in lines] == [
        (False, "发现漏洞", "一般", "open"),
        (True, "信息泄露", "较大", "closed"),
    ]
    assert (lines[0].due.letter, lines[0].due.at, lines[0].light) == ("first", house.at + timedelta(hours=22), "warn")
