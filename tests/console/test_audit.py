"""The trail of official acts is searched and filtered, and leaves the house with the head of its chain."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from cyberweek.console.trail import Asked, acts
from cyberweek.kernel.workbook import rows
from cyberweek.ledger.queries import head
from cyberweek.people.models import Seat
from cyberweek.supervision.services import assign_all
from tests.factories import people, plan
from tests.factories.units import unit


@pytest.fixture
def auditor(house):
    return people.browser(people.staff("auditor", "auditor"))


@pytest.fixture
def trail(house) -> list[int]:
    """Two seats that acted on two days: the office handed out three tasks, and an administrator gave a seat the day after."""
    from cyberweek.ledger.door import writer
    from cyberweek.people.acts import Acting
    from cyberweek.people.services import give_seat

    office = people.staff("office", "organiser").holdings.get().seat
    system = people.staff("system", "system")
    week = plan.campaign()
    for no in (1, 2, 3):
        plan.task(week, no)
    assign_all(week, writer=house.writer, seat=office.pk, at=house.at)
    by = Acting(system, system.holdings.get().seat, writer())
    give_seat(people.staff("new"), unit=unit("bureau"), role="duty", at=house.at + timedelta(days=1), by=by)
    return [office.pk, by.seat.pk]


def table(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", ["seat.given", *["task.assigned"] * 3]),
        ("?q=交办", ["task.assigned"] * 3),
        ("?q=SEAT.given", ["seat.given"]),
        ("?q=值班", ["seat.given"]),
        ("?since=2026-11-25", ["seat.given"]),
        ("?until=2026-11-24", ["task.assigned"] * 3),
        ("?since=2026-11-24&until=2026-11-25&q=given", ["seat.given"]),
        ("?q=nothing-like-this", []),
        ("?since=not-a-day", ["seat.given", *["task.assigned"] * 3]),
    ],
)
def test_what_is_asked_for_is_shown_and_exported(auditor, trail, asked, found):
    page = auditor.get(f"/console/audit/{asked}").content.decode()
    exported = table(auditor.get(f"/console/audit/audit.csv{asked}"))

    assert [row[4] for row in exported[2:]] == found
    assert [page.count(f"<code>{kind}</code>") for kind in ("seat.given", "task.assigned")] == [
        found.count("seat.given"), found.count("task.assigned"),
    ]  # fmt: skip


def test_one_seat_is_followed(auditor, trail):
    office, system = trail

    assert [[each.kind for each in acts(Asked(seat=seat))] for seat in (office, system)] == [
        ["task.assigned"] * 3,
        ["seat.given"],
    ]
    assert auditor.get(f"/console/audit/?seat={system}").content.decode().count("<code>task.assigned</code>") == 0


def test_an_export_names_the_chains_head_and_each_rows_digest(auditor, trail, house):
    chain, store = head(), house.store()
    digests = [bytes(digest).hex() for (digest,) in store.execute("SELECT digest FROM ledger_fact ORDER BY n DESC")]
    store.close()

    exported = table(auditor.get("/console/audit/audit.csv"))

    assert exported[0][:4] == ["台账条数", str(chain.n), "链头", chain.digest.hex()]
    assert [row[7] for row in exported[2:]] == digests
    assert chain.digest.hex() == digests[0]


def test_a_workbook_says_the_same_as_the_text(auditor, trail):
    text = table(auditor.get("/console/audit/audit.csv"))
    answer = auditor.get("/console/audit/audit.xlsx")

    sheet = [list(each.cells) for each in rows(answer.content)]

    assert [row[:4] for row in sheet[1:]] == [row[:4] for row in text[1:]]
    assert answer["Content-Disposition"] == 'attachment; filename="audit.xlsx"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_an_export_is_of_no_other_kind(auditor, trail):
    assert auditor.get("/console/audit/audit.exe").status_code == 404


def test_a_page_ends_where_the_next_begins_under_the_same_filter(auditor, house):
    week = plan.campaign()
    for no in range(1, 61):
        plan.task(week, no)
    seat = people.staff("office", "organiser").holdings.get().seat_id
    assign_all(week, writer=house.writer, seat=seat, at=house.at)

    first = auditor.get("/console/audit/?q=交办").content.decode()
    second = auditor.get("/console/audit/?q=交办&before=11").content.decode()

    assert [page.count("<code>task.assigned</code>") for page in (first, second)] == [50, 10]
    assert "before=11" in first
    assert Seat.objects.count() == 2


def test_no_cell_is_a_formula_in_a_table_program(auditor, house):
    from cyberweek.console.audit import _plain

    assert [_plain(cell) for cell in ("=1+1", "@x", "-1", "一")] == ["'=1+1", "'@x", "'-1", "一"]


def test_the_page_says_how_long_records_are_kept_and_by_which_rule(auditor):
    page = auditor.get("/console/audit/").content.decode()

    assert "按网络安全法 第二十三条，记录至少保留 6 个月" in page
