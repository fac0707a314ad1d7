"""Every list asks the database equally often whatever its length: one row, three, or three hundred."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from cyberweek.ledger.door import writer
from cyberweek.messages.models import Delivery, Letter
from cyberweek.messages.services import Note, write
from cyberweek.people import enrolment, recoveries
from cyberweek.people.models import Roster, Staff
from cyberweek.people.roster import Line as RosterLine
from cyberweek.people.sessions import note_in
from cyberweek.plan.models import Campaign, TaskUnit
from cyberweek.questions.models import BankUpload
from tests.factories import people, plan, questions, report
from tests.factories.facts import answered
from tests.factories.incidents import incident

PORTAL = {
    "/": 11,
    "/programme/": 11,
    "/programme/?q=号": 11,
    "/programme/?day=DAY": 11,
    "/programme.ics": 3,
    "/activities/activity-1/": 6,
    "/themes/": 5,
    "/themes/day-1/": 10,
    "/my-data/": 1,
    "/screen/": 6,
}
OFFICE = {
    "/console/": 22,
    "/console/plan/": 18,
    "/console/plan/campaign.zip": 17,
    "/console/plan/campaigns/": 9,
    "/console/plan/campaigns/week/": 31,
    "/console/plan/uploads/": 8,
    "/console/tasks/": 12,
    "/console/tasks/?sort=unit&q=任务": 12,
    "/console/tasks/board/": 11,
    "/console/tasks/calendar/": 11,
    "/console/tasks/units/unit-1/": 11,
    "/console/tasks/text/": 7,
    "/console/tasks/export.xlsx": 7,
    "/console/tasks/notice.docx": 7,
    "/console/tasks/TASK/sheet/": 13,
    "/console/tasks/import/": 8,
    "/console/tasks/TASK/": 14,
    "/console/inbox/": 10,
    "/console/post/": 10,
    "/console/activities/": 10,
    "/console/activities/quiz/": 18,
    "/console/units/": 11,
    "/console/audit/": 11,
    "/console/report/": 24,
    "/console/report/editions/1/": 9,
    "/console/duty/incidents/": 10,
    "/console/duty/incidents/new/": 9,
    "/console/duty/incidents/1/": 15,
    "/console/search/?q=1": 11,
    "/console/wall/": 8,
    "/console/bank/": 13,
    "/console/bank/?q=题&law=cybersecurity-law": 13,
    "/console/bank/review/": 13,
    "/console/bank/questions/q-1/": 13,
    "/console/bank/alike/": 9,
    "/console/bank/statistics/": 11,
    "/console/bank/export/": 9,
    "/console/bank/export/xlsx/": 6,
    "/console/bank/import/": 8,
    "/console/bank/import/BATCH/": 13,
    "/console/wall/show/": 18,
    "/console/duel/duel/": 18,
    "/console/quiz/quiz/": 26,
    "/console/quiz/quiz/questions/": 16,
    "/console/quiz/quiz/preview/": 22,
    "/console/quiz/quiz/districts/": 10,
    "/console/quiz/quiz/classes/": 13,
}
SYSTEM = {
    "/console/": 15,
    "/console/staff/": 10,
    "/console/staff/?q=staff": 10,
    "/console/staff/STAFF/": 11,
    "/console/account/": 8,
    "/console/account/sessions/": 9,
    "/console/recoveries/": 10,
    "/console/seats/": 9,
    "/console/seats/SEAT/": 9,
    "/console/seats/list/LIST/": 11,
    "/console/seats/links/": 9,
}
AUDIT = {
    "/console/sign-ins/": 8,
    "/console/audit/?q=task&since=2026-11-01": 11,
    "/console/audit/audit.csv?q=task": 8,
}
ROWS = [1, 3, 300]


@pytest.fixture(params=ROWS)
def week(request: pytest.FixtureRequest, house) -> Campaign:
    """A campaign that has so many rows of everything."""
    with transaction.atomic():
        made = _rows(request.param)
    _acts(made, house, request.param)
    return made


def test_every_list_asks_equally_often(week):
    office = people.browser(Staff.objects.get(username="office"))
    system = people.browser(people.staff("system", "system"))
    audit = people.browser(people.staff("audit", "audit"))
    pair, person = TaskUnit.objects.get(task__no=1), Staff.objects.get(username="staff-1")
    roster, batch = _roster(Staff.objects.count() - 3), BankUpload.objects.earliest("pk")

    found = [
        {path: _asked(people.browser(), path.replace("DAY", f"{localdate()}")) for path in PORTAL},
        {path: _asked(office, path.replace("TASK", str(pair.pk)).replace("BATCH", str(batch.pk))) for path in OFFICE},
        {path: _asked(system, _named(path, person, roster)) for path in SYSTEM},
        {path: _asked(audit, path) for path in AUDIT},
    ]

    assert found == [PORTAL, OFFICE, SYSTEM, AUDIT]


def _rows(many: int) -> Campaign:
    made = plan.campaign(starts=localdate() - timedelta(days=1))
    writer = people.seat("author", "organiser")
    for no in range(1, many + 1):
        plan.activity(made, no)
        plan.theme_day(made, no)
        plan.task(made, no)
        plan.deadline(made, no)
        plan.upload(no)
        plan.campaign(f"week-{no}", confirmed_at=None)
        questions.question(no)
        questions.waiting(1_000 + no, writer)
        people.staff(f"staff-{no}", "liaison")
    quiz = plan.activity(made, 999, slug="quiz", kind="quiz")
    questions.release(questions.quiz(quiz))
    questions.copies(questions.upload(1, writer), many - 1)
    questions.classes(quiz, many)
    questions.duel(plan.activity(made, 998, slug="duel", kind="duel"))
    _letters(many)
    return made


def _letters(many: int) -> None:
    """Letters to the office's seat that did not go out."""
    staff = people.staff("office", "organiser")
    seat = staff.holdings.get().seat_id
    at = datetime(2026, 11, 24, tzinfo=UTC)
    write([Note(f"due:{no}", seat, f"第 {no} 项到期") for no in range(1, many + 1)], at=at)
    stuck = [Delivery(letter=letter, staff=staff, channel="mail", standing="failed") for letter in Letter.objects.all()]
    Delivery.objects.bulk_create(stuck)


def _acts(week: Campaign, house, many: int) -> None:
    """Tasks handed out, releases, answers, head-counts and editions."""
    from cyberweek.supervision.services import assign_all

    assign_all(week, writer=house.writer, seat=1, at=house.at)
    quiz = week.activities.get(kind="quiz")
    numbers = range(1, many + 1)
    answers = [answered(activity=quiz.pk, participant=no, at=house.at, stream=no) for no in numbers]
    house.writer.append_all([*answers, *(report.head_count(quiz, no, at=house.at) for no in numbers)])
    for no in numbers:
        incident(week, writer=house.writer, at=house.at, words=f"第 {no} 起")
    house.count()
    report.copies(report.edition(week, at=house.at), many - 1)


def _roster(many: int) -> Roster:
    """A list of so many people who are new, and as many who wait for their links, and for a way back."""
    for no in range(1, many + 1):
        waiting = people.staff(f"waiting-{no}", "liaison")
        waiting.set_unusable_password()
        waiting.save()
    lines = [RosterLine(no, "office", f"new-{no}") for no in range(1, many + 1)]
    for staff in Staff.objects.filter(username__startswith="waiting-"):
        asked = recoveries.ask(staff, writer=writer(), at=people.SINCE)
        asked.approvals.create(staff=staff, seat=asked.seat, at=people.SINCE)
        note_in(staff, session="", address="192.0.2.1", device="", at=people.SINCE)
    return enrolment.receive(lines, at=people.SINCE)


def _named(path: str, person: Staff, roster: Roster) -> str:
    seat = str(person.holdings.get().seat_id)
    return path.replace("STAFF", str(person.pk)).replace("SEAT", seat).replace("LIST", str(roster.pk))


def _asked(browser, path: str) -> int:
    """How often a page asks, once signing in is remembered."""
    assert browser.get(path).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        browser.get(path)
    return len(captured)
