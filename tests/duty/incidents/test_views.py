"""Incidents in the console: what each button records, what a drill leaves alone, and what is refused without a trace."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import localtime

from cyberweek.component.models import Visibility
from cyberweek.duty.incidents.queries import find_line
from cyberweek.duty.models import Evidence, Incident, Statement
from cyberweek.kernel.clock import system_clock
from cyberweek.ledger.queries import counts, head, stream_rows
from tests.factories import people, plan
from tests.factories.incidents import incident
from tests.factories.releases import released


@pytest.fixture
def week(house):
    return plan.campaign()


@pytest.fixture
def duty(week):
    return people.browser(people.staff("duty", "duty"))


@pytest.fixture
def leak(house, week):
    """A leak that was noticed half an hour ago."""
    return incident(week, writer=house.writer, at=system_clock() - timedelta(minutes=30), sort="leak", words="名单外泄")


def form(**given: object) -> dict[str, object]:
    at = localtime(system_clock() - timedelta(minutes=5))
    return {"sort": "outage", "words": "首页打不开", "at": f"{at:%Y-%m-%dT%H:%M}", **given}


def when(minutes: int = 1) -> str:
    return f"{localtime(system_clock() - timedelta(minutes=minutes)):%Y-%m-%dT%H:%M}"


def kinds(of: Incident) -> list[str]:
    return [row.kind.removeprefix("incident.") for row in stream_rows(of.stream)]


def state(of: Incident):
    return find_line(of.campaign, of.number, system_clock()).state


def act(browser, of: Incident, name: str, **given: object):
    return browser.post(f"/console/duty/incidents/{of.number}/{name}/", given)


def told(browser, answer) -> str:
    return browser.get(answer["Location"]).content.decode()


def test_registering_takes_one_line_and_starts_the_clock(duty):
    answer = duty.post("/console/duty/incidents/new/", form(sort="leak", people="1200000"))

    made = Incident.objects.get()
    assert answer["Location"] == "/console/duty/incidents/1/"
    assert (state(made).grade, kinds(made)) == ("larger", ["registered"])
    assert "首次报告" in told(duty, answer)


@pytest.mark.parametrize(
    "wrong", [{"words": ""}, {"at": "gestern"}, {"at": "2099-01-01T08:00"}, {"sort": "fire"}, {"people": "-3"}]
)
def test_what_cannot_be_registered_is_said_and_leaves_nothing(duty, wrong):
    before = head()

    answer = duty.post("/console/duty/incidents/new/", form(**wrong))

    assert (answer.status_code, Incident.objects.count(), Statement.objects.count(), head()) == (422, 0, 0, before)
    assert "field-error" in answer.content.decode()


def test_numbers_follow_each_other(duty):
    for _ in range(3):
        duty.post("/console/duty/incidents/new/", form())

    assert list(Incident.objects.order_by("pk").values_list("number", flat=True)) == [1, 2, 3]


def test_an_incident_lives_from_the_first_minute_to_its_summary(duty, leak):
    act(duty, leak, "grade", people="1500000", at_least="", words="数出来了")
    for name, given in (
        ("reported", {"letter": "first", "sent": when()}),
        ("told", {"party": "police", "told": when(), "words": "电话"}),
        ("note", {"words": "改了口令"}),
        ("handled", {}),
        ("reported", {"letter": "summary", "sent": when()}),
        ("close", {}),
    ):
        assert act(duty, leak, name, **given).status_code == 302

    assert kinds(leak) == ["registered", "graded", "reported", "party-told", "noted", "handled", "reported", "closed"]
    assert (state(leak).stage, state(leak).grade) == ("closed", "larger")


def test_a_seat_may_judge_graver_than_the_figures_never_milder(duty, leak):
    act(duty, leak, "grade", people="10", at_least="major", words="名单很敏感")
    graver = state(leak).grade
    act(duty, leak, "grade", people="20000000", at_least="larger", words="又多了")

    assert (graver, state(leak).grade) == ("major", "major")
    assert [row.body for row in stream_rows(leak.stream)][1].count(b'"by":"seat"') == 1


@pytest.mark.parametrize(("name", "given"), [
    ("note", {"words": ""}),
    ("told", {"party": "police", "told": "2099-01-01T08:00", "words": "x"}),
    ("told", {"party": "nobody", "told": "2026-01-01T08:00", "words": "x"}),
    ("reported", {"letter": "third", "sent": "2026-01-01T08:00"}),
    ("grade", {"words": "", "at_least": ""}),
    ("evidence", {}),
])  # fmt: skip
def test_a_form_that_lacks_something_says_so_and_records_nothing(duty, leak, name, given):
    before, texts = head(), Statement.objects.count()

    answer = act(duty, leak, name, **given)

    assert (answer.status_code, head(), Statement.objects.count()) == (422, before, texts)


def test_closing_needs_handling_and_then_the_summary(duty, leak):
    act(duty, leak, "grade", people="1500000", at_least="", words="数出来了")
    before = head()
    first = told(duty, act(duty, leak, "close"))
    assert head() == before
    act(duty, leak, "handled")
    before = head()

    second = told(duty, act(duty, leak, "close"))

    assert ("请先登记处置完毕" in first, "要先报出总结报告" in second, head()) == (True, True, before)


def test_nothing_is_added_to_a_closed_incident(duty, leak):
    act(duty, leak, "handled"), act(duty, leak, "close")
    before = head()

    said = [
        told(duty, act(duty, leak, name, **given))
        for name, given in (
            ("note", {"words": "还有"}),
            ("told", {"party": "police", "told": when(), "words": "电话"}),
            ("grade", {"words": "更重", "at_least": "major"}),
            ("handled", {}),
            ("evidence", {"file": SimpleUploadedFile("a.txt", b"x")}),
        )
    ]

    assert [each.count("这起事件已办结。") for each in said] == [1] * 5
    assert (head(), Evidence.objects.count(), Statement.objects.count()) == (before, 0, 1)


def test_evidence_is_kept_as_it_came_with_its_digest_and_only_once(duty, leak):
    for _ in range(2):
        act(duty, leak, "evidence", file=SimpleUploadedFile("mail.eml", b"<script>", content_type="text/html"))

    kept = Evidence.objects.get()
    got = duty.get(f"/console/duty/incidents/{leak.number}/evidence/{kept.pk}/")
    assert (got.content, got["Content-Type"]) == (b"<script>", "application/octet-stream")
    assert got["Content-Disposition"].startswith("attachment")
    assert (kept.digest, kinds(leak)) == (hashlib.sha256(b"<script>").hexdigest(), ["registered", "evidence-kept"])


def test_evidence_that_is_too_large_is_refused(duty, leak, monkeypatch):
    monkeypatch.setattr("cyberweek.duty.incidents.services.MOST_BYTES", 3)
    before = head()

    answer = act(duty, leak, "evidence", file=SimpleUploadedFile("a.log", b"four"))

    assert (answer.status_code, head(), Evidence.objects.count()) == (422, before, 0)


def test_the_ledger_holds_no_text(duty, leak):
    act(duty, leak, "note", words="联系人王某某")

    bodies = b"".join(row.body for row in stream_rows(leak.stream)).decode()

    assert ("名单外泄" in bodies, "王某某" in bodies) == (False, False)


def test_an_erased_text_leaves_its_fact(duty, leak):
    Statement.objects.all().delete()

    page = duty.get(f"/console/duty/incidents/{leak.number}/").content.decode()

    assert ("名单外泄" in page, page.count("文字已删除。"), kinds(leak)) == (False, 1, ["registered"])


@pytest.mark.parametrize(("kind", "title"), [
    ("first", "关于某市网安周个人信息泄露事件的报告"),
    ("follow-up", "关于某市网安周个人信息泄露事件的续报"),
    ("summary", "关于某市网安周个人信息泄露事件处置情况的总结报告"),
    ("residents", "关于某市网安周个人信息泄露事件的告知书"),
])  # fmt: skip
def test_a_letter_is_written_from_the_record(duty, leak, kind, title):
    answer = duty.get(f"/console/duty/incidents/{leak.number}/letters/{kind}.docx")

    text = letter(answer)
    assert (title in text, "名单外泄" in text, "演练" in text) == (True, True, False)


def test_a_letter_that_does_not_exist_is_not_found(duty, leak):
    assert duty.get(f"/console/duty/incidents/{leak.number}/letters/fifth.docx").status_code == 404


def test_an_activity_is_withdrawn_with_one_press(house, duty, week, leak):
    quiz = plan.activity(week, 1, slug="quiz", kind="quiz")
    released(quiz, at=house.at)

    page = duty.get(f"/console/duty/incidents/{leak.number}/").content.decode()
    answer = duty.post(f"/console/duty/incidents/{leak.number}/take-away/quiz/")

    assert "/take-away/quiz/" in page
    assert "各处都不再开放" in told(duty, answer)
    assert (Visibility.objects.get().withdrawn, kinds(leak)) == (True, ["registered", "activity-taken-away"])
    assert [row.activity for row in stream_rows(leak.stream)] == [0, quiz.pk]


def test_what_is_not_shown_cannot_be_withdrawn(duty, week, leak):
    plan.activity(week, 1, slug="quiz", kind="quiz")
    before = head()

    answer = duty.post(f"/console/duty/incidents/{leak.number}/take-away/quiz/")

    assert ("现在没有公开" in told(duty, answer), head()) == (True, before)


def test_a_drill_goes_the_same_way_and_touches_nothing(house, duty, week):
    quiz = plan.activity(week, 1, slug="quiz", kind="quiz")
    released(quiz, at=house.at)
    duty.post("/console/duty/incidents/new/", form(sort="leak", people="2000000", drill="on"))
    drill = Incident.objects.get()

    answer = duty.post("/console/duty/incidents/1/take-away/quiz/")
    house.count()

    assert "没有真撤下" in told(duty, answer)
    assert Visibility.objects.get().withdrawn is False
    assert kinds(drill) == ["registered", "activity-taken-away"]
    assert {key: value for key, value in counts().items() if value} == {}
    assert "演练" in letter(duty.get("/console/duty/incidents/1/letters/first.docx"))


def test_a_real_incident_counts(house, duty):
    duty.post("/console/duty/incidents/new/", form())
    house.count()

    assert counts()["incident.registered", 0, ""] == 1


def test_today_and_the_wall_say_what_is_open_and_nothing_that_was_written(house, duty, leak):
    act(duty, leak, "grade", people="1500000", at_least="", words="数出来了")

    today, wall = duty.get("/console/").content.decode(), duty.get("/console/wall/show/").content.decode()

    assert ("处置中的安全事件" in today, "信息泄露 · 较大" in wall, "名单外泄" in today + wall) == (True, True, False)


def test_an_auditor_reads_and_is_offered_no_button(leak):
    auditor = people.browser(people.staff("auditor", "auditor"))

    page = auditor.get(f"/console/duty/incidents/{leak.number}/").content.decode()

    assert ("名单外泄" in page, "现在可以做" in page) == (True, False)


def letter(answer) -> str:
    """The text of a Word file."""
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as file:
        import re

        return re.sub(r"<[^>]+>", "", file.read("word/document.xml").decode())
