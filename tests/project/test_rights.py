"""Who may open what: one table, compared with the addresses that exist, tried out for every role.

An address that no line names fails, wherever it is; a refusal leaves every row of every table as it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cyberweek.activities.quiz.services import make_class
from cyberweek.duty.incidents.services import Hand, keep_evidence
from cyberweek.kernel.clock import system_clock
from cyberweek.ledger.queries import head
from cyberweek.messages.models import Letter
from cyberweek.messages.services import Note, write
from cyberweek.people import enrolment, recoveries
from cyberweek.people.models import Seat, Staff
from cyberweek.people.roster import Line as RosterLine
from cyberweek.people.sessions import note_in
from cyberweek.plan.models import ActivityUnit
from cyberweek.plan.services import receive
from cyberweek.prizes.models import Mark
from cyberweek.project.middleware import POLICY, SANDBOX
from cyberweek.screen import passes
from cyberweek.screen.models import WallPass
from cyberweek.supervision.album import add_photo
from cyberweek.supervision.models import SavedView
from cyberweek.supervision.services import assign_all
from tests.factories import draws, people, plan, questions, report
from tests.factories.incidents import incident
from tests.factories.photos import drawn
from tests.factories.units import unit

TEXT = Path(__file__).parents[1] / "plan" / "reader" / "texts" / "district.txt"

SEATED = {*Seat.Role.values}
OFFICE = {"organiser"}
TASKS = {"organiser", "lead", "liaison", "auditor", "audit"}
ANSWERS = {"organiser", "lead", "liaison"}
TEACHES = {"organiser", "liaison"}
LEADS = {"organiser", "lead"}
READS = {"organiser", "auditor", "audit"}
WATCHES = {*READS, "duty"}
DUTY = {"organiser", "duty"}
SYSTEM = {"system"}
DECIDES = {"organiser", "system", "security"}
KNOWS_HOLDERS = {"system", "security", "auditor", "audit"}
EVERYBODY = {*SEATED, "nobody"}
ROLES = sorted(EVERYBODY)


@dataclass(frozen=True)
class Line:
    """Who may use an address, how, with what in its path and its form. The last of an object's lines takes it away."""

    name: str
    may: set[str]
    does: str = "GET"
    path: tuple[str, ...] = ()
    form: tuple[tuple[str, str], ...] = ()


QUESTION = (
    ("topic", "law"), ("kind", "truth"), ("stem", "网页上有锁就一定可信。"), ("answer", "错"), ("difficulty", "1"),
)  # fmt: skip
TABLE = (
    Line("console:today", SEATED),
    Line("console:plan", SEATED),
    Line("console:plan_export", OFFICE),
    Line("console:campaigns", OFFICE),
    Line("console:campaign", OFFICE, "GET", ("campaign",)),
    Line("console:campaign_copy", OFFICE, "POST", ("campaign",), (("starts", "2027-09-13"), ("slug", "next"))),
    Line("console:campaign_show", OFFICE, "POST", ("campaign",)),
    Line("console:campaign_throw_away", OFFICE, "POST", ("campaign",)),
    Line("console:uploads", OFFICE, "GET POST"),
    Line("console:upload", OFFICE, "GET", ("upload",)),
    Line("console:upload_item", OFFICE, "GET POST", ("upload", "path"), (("name", "答题"), ("kind", "quiz"))),
    Line("console:upload_undo", OFFICE, "POST", ("upload", "path")),
    Line("console:upload_accept", OFFICE, "POST", ("upload",), (("key", "P401:1:x"), ("reason", "会上已定"))),
    Line("console:upload_changes", OFFICE, "GET POST", ("upload",)),
    Line("console:upload_confirm", OFFICE, "POST", ("upload",)),
    Line("console:upload_remove", OFFICE, "POST", ("upload", "path")),
    Line("console:upload_discard", OFFICE, "POST", ("upload",)),
    Line("console:activities", LEADS),
    Line("console:activity", LEADS, "GET", ("quiz",)),
    Line("console:units", SEATED),
    Line("console:audit", READS),
    Line("console:audit_export", {"auditor", "audit"}, "GET", ("csv",)),
    Line("console:search", SEATED),
    Line("supervision:tasks", TASKS),
    Line("supervision:export", TASKS),
    Line("supervision:assign", OFFICE, "POST"),
    Line("supervision:task", TASKS, "GET", ("task",)),
    Line("supervision:sign", ANSWERS, "POST", ("task",)),
    Line("supervision:board", TASKS),
    Line("supervision:calendar", TASKS),
    Line("supervision:unit", TASKS, "GET", ("unit_code",)),
    Line("supervision:text", TASKS),
    Line("supervision:one_pager", TASKS, "GET", ("task",)),
    Line("supervision:notice", OFFICE),
    Line("supervision:import", OFFICE, "GET POST"),
    Line("supervision:import_confirm", OFFICE, "POST"),
    Line("supervision:many", TASKS, "POST", (), (("pair", "task"), ("act", "sign-for"))),
    Line("supervision:undo", TASKS, "POST"),
    Line("supervision:save_view", TASKS, "POST", (), (("name", "要催的"),)),
    Line("supervision:remove_view", {"liaison"}, "POST", ("view",)),
    Line("supervision:new_task", OFFICE, "GET POST", (), (("text", "检查应急准备"), ("lead", "bureau"))),
    Line("supervision:due", OFFICE, "POST", ("task",), (("due", "2026-12-01"),)),
    Line("supervision:ask_extension", ANSWERS, "POST", ("task",), (("due", "2026-12-03"), ("words", "场地未定"))),
    Line("supervision:refuse_extension", OFFICE, "POST", ("task",), (("words", "不能再晚"),)),
    Line("supervision:urge", OFFICE, "POST", ("task",)),
    Line("supervision:add_photos", ANSWERS, "POST", ("task",)),
    Line("supervision:report", ANSWERS, "POST", ("task",), (("words", "已经办好"),)),
    Line("supervision:photo", TASKS, "GET", ("task", "photo")),
    Line("supervision:return", OFFICE, "POST", ("task",), (("words", "请补充"),)),
    Line("supervision:close", OFFICE, "POST", ("task",)),
    Line("supervision:reopen", OFFICE, "POST", ("task",), (("words", "还有一处"),)),
    Line("supervision:kind", OFFICE, "POST", ("task",), (("kind", "event"),)),
    Line("supervision:take_back", TASKS, "POST", ("task",)),
    Line("supervision:withdraw", OFFICE, "POST", ("task",), (("words", "不用办了"),)),
    Line("supervision:erase_photo", ANSWERS, "POST", ("task", "photo")),
    Line("duty:incidents", WATCHES),
    Line("duty:register", DUTY, "GET POST", (), (("sort", "outage"), ("words", "打不开"), ("at", "2026-11-24T08:00"))),
    Line("duty:incident", WATCHES, "GET", ("incident",)),
    Line("duty:note", DUTY, "POST", ("incident",), (("words", "已重启"),)),
    Line("duty:grade", DUTY, "POST", ("incident",), (("people", "5"), ("words", "数了"))),
    Line("duty:keep", DUTY, "POST", ("incident",)),
    Line("duty:evidence", WATCHES, "GET", ("incident", "evidence")),
    Line(
        "duty:tell", DUTY, "POST", ("incident",), (("party", "police"), ("told", "2026-11-24T08:00"), ("words", "电话"))
    ),
    Line("duty:report", DUTY, "POST", ("incident",), (("letter", "first"), ("sent", "2026-11-24T08:00"))),
    Line("duty:letter", WATCHES, "GET", ("incident", "first_letter")),
    Line("duty:take_away", DUTY, "POST", ("incident", "quiz")),
    Line("duty:handle", DUTY, "POST", ("incident",)),
    Line("duty:close", DUTY, "POST", ("incident",)),
    Line("people:account", EVERYBODY),
    Line("people:seats", KNOWS_HOLDERS),
    Line("people:seat", KNOWS_HOLDERS, "GET", ("seat",)),
    Line("people:hand_over", SYSTEM, "GET POST", ("seat",), (("username", "successor"),)),
    Line("people:roster_upload", SYSTEM, "GET POST"),
    Line("people:roster", SYSTEM, "GET", ("roster",)),
    Line("people:roster_confirm", SYSTEM, "POST", ("roster",)),
    Line("people:roster_discard", SYSTEM, "POST", ("spare_roster",)),
    Line("people:links", SYSTEM, "GET POST", (), (("staff", "person"),)),
    Line("letters:inbox", SEATED),
    Line("letters:read_all", SEATED, "POST"),
    Line("letters:open", {"liaison"}, "POST", ("letter",)),
    Line("letters:post", {*OFFICE, *SYSTEM}),
    Line("letters:send_again", {*OFFICE, *SYSTEM}, "POST", ("delivery",)),
    Line("people:staff", SYSTEM, "GET POST", (), (("username", "newcomer"),)),
    Line("people:person", SYSTEM, "GET", ("person",)),
    Line("people:give_seat", SYSTEM, "POST", ("person",), (("role", "liaison"), ("unit", "bureau"))),
    Line("people:end_seat", SYSTEM, "POST", ("person", "holding")),
    Line("people:sessions", EVERYBODY),
    Line("people:end_other_sessions", EVERYBODY, "POST"),
    Line("people:end_session", EVERYBODY, "POST", ("sign_in",)),
    Line("people:sign_ins", {"security", "audit"}),
    Line("people:sign_out", {"security"}, "POST", ("seat",)),
    Line("people:recoveries", DECIDES),
    Line("people:recovery_approve", DECIDES, "POST", ("recovery",)),
    Line("people:recovery_refuse", DECIDES, "POST", ("recovery",)),
    Line("people:new_password", SYSTEM, "POST", ("person",)),
    Line("people:close", SYSTEM, "POST", ("person",)),
    Line("rehearsal:findings", READS),
    Line("report:summary", OFFICE),
    Line("report:passage", OFFICE, "POST", (), (("heading", "overview"), ("revision", "0"), ("text", "很好"))),
    Line("report:head_count", OFFICE, "POST"),
    Line("report:void", OFFICE, "POST", ("count",)),
    Line("report:make", OFFICE, "POST"),
    Line("report:edition", OFFICE, "GET", ("edition",)),
    Line("report:docx", OFFICE, "GET", ("edition",)),
    Line("report:xlsx", OFFICE, "GET", ("edition",)),
    Line("report:json", OFFICE, "GET", ("edition",)),
    Line("bank:index", OFFICE),
    Line("bank:new", OFFICE, "GET POST", (), QUESTION),
    Line("bank:alike", OFFICE),
    Line("bank:statistics", OFFICE, "GET POST"),
    Line("bank:exports", OFFICE),
    Line("bank:export", OFFICE, "GET", ("format",)),
    Line("bank:queue", OFFICE),
    Line("bank:approve", OFFICE, "POST", (), (("question", "waiting"), ("seen-q-2", "digest"))),
    Line("bank:question", OFFICE, "GET", ("waiting",)),
    Line("bank:send_back", OFFICE, "POST", ("waiting",), (("reason", "请改"),)),
    Line("bank:ask", OFFICE, "POST", (), (("question", "waiting"),)),
    Line("bank:edit", OFFICE, "GET POST", ("waiting",), (*QUESTION, ("seen", "digest"))),
    Line("bank:remove", OFFICE, "POST", ("waiting",)),
    Line("bank:uploads", OFFICE, "GET POST"),
    Line("bank:upload", OFFICE, "GET", ("file",)),
    Line("bank:topics", OFFICE, "POST", ("file",)),
    Line("bank:confirm", OFFICE, "POST", ("file",)),
    Line("bank:discard", OFFICE, "POST", ("file",)),
    Line("duel_console:edit", OFFICE, "GET POST", ("duel",)),
    Line("quiz_console:edit", OFFICE, "GET POST", ("quiz",)),
    Line("quiz_console:questions", OFFICE, "GET POST", ("quiz",)),
    Line("quiz_console:preview", OFFICE, "GET", ("quiz",)),
    Line("quiz_console:areas", OFFICE, "GET", ("quiz",)),
    Line("quiz_console:classes", TEACHES),
    Line("quiz_console:activity_classes", TEACHES, "GET POST", ("quiz",), (("unit", "bureau"), ("name", "三年级一班"))),
    Line("quiz_console:class", TEACHES, "GET", ("quiz", "class")),
    Line("quiz_console:open_class", TEACHES, "POST", ("quiz", "class")),
    Line("quiz_console:close_class", TEACHES, "POST", ("quiz", "class")),
    Line("wall:displays", WATCHES),
    Line("wall:show", WATCHES),
    Line("wall:parts", WATCHES),
    Line("wall:keep", OFFICE, "POST"),
    Line("wall:take_back", OFFICE, "POST", ("display",)),
    Line("prizes_console:draws", OFFICE),
    Line("prizes_console:draw", OFFICE, "GET", ("quiz",)),
    Line("prizes_console:sheet", OFFICE, "GET POST", ("quiz",)),
    Line("prizes_console:stock", OFFICE, "POST", ("quiz",), (("prize", "card"), ("lines", "AAAA-0001"))),
    Line("prizes_console:list", OFFICE, "POST", ("quiz",)),
    Line("prizes_console:marks", OFFICE, "GET", ("quiz",)),
    Line("prizes_console:look", OFFICE, "POST", ("quiz",)),
    Line("prizes_console:decide", OFFICE, "POST", ("quiz", "mark"), (("stands", "0"),)),
    Line("prizes_console:source", OFFICE, "POST", ("quiz",), (("name", "双色球 2026140 期"), ("value", "03 07"))),
    Line("prizes_console:forget_source", OFFICE, "POST", ("quiz",), (("name", "双色球 2026140 期"),)),
    Line("prizes_console:hold", OFFICE, "POST", ("quiz",)),
    Line("prizes_console:day_keys", OFFICE, "POST", ("quiz",)),
    Line("prizes_console:addresses", OFFICE, "POST", ("quiz",)),
    Line("prizes_console:sent", OFFICE, "POST", ("quiz",), (("claim", "1"),)),
    Line("prizes_console:settle", OFFICE, "POST", ("quiz",)),
    Line("prizes_console:erase", OFFICE, "POST", ("quiz",)),
    Line("prizes_console:drop", OFFICE, "POST", ("quiz",)),
    Line("duel_console:publish", OFFICE, "POST", ("duel",)),
    Line("duel_console:withdraw", OFFICE, "POST", ("duel",), (("reason", "改期"),)),
    Line("quiz_console:publish", OFFICE, "POST", ("quiz",)),
    Line("quiz_console:withdraw", OFFICE, "POST", ("quiz",), (("reason", "改期"),)),
)
PUBLIC = [
    "portal:home",
    "portal:programme",
    "portal:calendar",
    "portal:activity",
    "portal:poster",
    "portal:themes",
    "portal:theme",
    "portal:mydata",
    "portal:erase",
    "portal:transfer",
    "portal:transfer_take",
    "portal:view",
    "portal:robots",
    "portal:manifest",
    "duel:play",
    "quiz:play",
    "quiz:area",
    "quiz:enter",
    "quiz:class",
    "quiz:districts",
    "prizes:draws",
    "prizes:verifier",
    "prizes:draw",
    "prizes:appeal",
    "prizes:mine",
    "prizes:receipt",
    "prizes:check",
    "prizes:verify",
    "prizes:sheet",
    "prizes:pack",
    "prizes:erasure",
    "prizes:claim",
    "prizes:code",
    "prizes:done",
    "prizes:erase",
    "certificates:certificate",
    "certificates:verify",
    "certificates:key",
    "screen:wall",
]
"""Open to everybody, signed in or not."""

AT_THE_DOOR = (
    "account_first",
    "account_lost",
    "account_back",
    "account_login",
    "account_logout",
    "account_inactive",
    "mfa_login_webauthn",
)
"""The way in and out, which is there for whoever is not signed in yet."""

SIGNED_IN = [
    "account_reauthenticate",
    "account_change_password",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
]
"""About one's own account only: every signed-in person, nobody else."""

OWN_CODE = re.compile(
    r"""<script(?![^>]*(?:\bsrc="/|type="application/json"))[^>]*>|<style|\sstyle="|<[^>]*\son[a-z]+="|"""
    r"""<(?:script|link|img|iframe)[^>]*(?:src|href)="(?:https?:)?//[^"]*\""""
)
"""What the policy of pages forbids: code or looks within a page, and anything that another site would send."""

EXAMPLES = {"slug": "quiz", "day": "2026-11-24", "code": "ABCDEFGH", "token": "x", "pk": 1}


@pytest.fixture
def objects(house) -> dict[str, object]:
    """One of everything that an address of the console can name."""
    week = plan.campaign()
    quiz = plan.activity(week, 1, slug="quiz", kind="quiz")
    questions.question(1)
    questions.quiz(quiz)
    questions.duel(plan.activity(week, 2, slug="duel", kind="duel"))
    ActivityUnit.objects.create(activity=quiz, unit=unit("bureau"), role=ActivityUnit.Role.HOST, order=0)
    task = plan.task(week, 1, unit=unit("bureau"))
    assign_all(week, writer=house.writer, seat=1, at=house.at)
    draw = draws.draw(quiz, seat=1, at=house.at)
    mark = Mark.objects.create(draw=draw, participant=7, reason="even-pace", papers=1, marked_at=house.at)
    classroom = make_class(quiz, unit=unit("bureau"), name="三年级二班", at=house.at, below=lambda top: top - 1)
    add_photo(task, drawn(), at=house.at, scanner="")
    trouble = incident(week, writer=house.writer, at=house.at)
    keep_evidence(trouble, "a.log", b"x", hand=Hand(house.writer, 1, house.at))
    count = house.writer.append(report.head_count(quiz, 1, at=house.at))
    person = people.staff("somebody", "reviewer")
    passes.give("东墙", seat=1, at=house.at, randomness=bytes)
    display = WallPass.objects.get()
    letter = _letter(house, person)
    author = people.seat("author", "organiser")
    waiting = questions.waiting(2, author)
    return {
        "quiz": "quiz",
        "csv": "csv",
        "duel": "duel",
        "campaign": week.slug,
        "upload": receive(TEXT.read_bytes(), "district.txt", at=house.at).pk,
        "path": "activities[0]",
        "class": classroom.pk,
        "format": "xlsx",
        "waiting": waiting.code,
        "digest": waiting.digest,
        "file": questions.upload(1, author).pk,
        "bureau": unit("bureau").pk,
        "task": task.pk,
        "unit_code": "bureau",
        "view": SavedView.objects.create(seat=letter.seat, name="逾期", query="state=late").pk,
        "photo": task.photos.get().pk,
        "person": person.pk,
        "holding": person.holdings.get().pk,
        "seat": people.staff("leaving", "liaison").holdings.get().seat_id,
        "recovery": recoveries.ask(person, writer=house.writer, at=system_clock()).pk,
        "sign_in": note_in(person, session="x", address="192.0.2.1", device="", at=house.at).pk,
        "roster": enrolment.receive([RosterLine(2, "office", "newcomer")], at=house.at).pk,
        "spare_roster": enrolment.receive([], at=house.at).pk,
        "count": count,
        "display": display.pk,
        "mark": mark.pk,
        "letter": letter.pk,
        "delivery": letter.deliveries.get().pk,
        "incident": trouble.number,
        "evidence": trouble.evidence.get().pk,
        "first_letter": "first",
        "edition": report.edition(week, at=house.at).number,
    }


def _letter(house, staff: Staff) -> Letter:
    """A letter to the liaison's seat, of whose delivery nobody is sure."""
    seat = Seat.objects.create(unit=unit("bureau"), role=Seat.Role.LIAISON)
    write([Note("due:1", seat.pk, "到期")], at=house.at)
    letter = Letter.objects.get()
    letter.deliveries.create(staff=staff, channel="mail", standing="unsure")
    return letter


def test_every_address_of_the_house_has_a_line():
    assert sorted([*{line.name for line in TABLE}, *PUBLIC, *AT_THE_DOOR, *SIGNED_IN]) == sorted(
        name for name, _wanted in _addresses(get_resolver())
    )


def test_no_address_has_two_lines():
    names = [*PUBLIC, *AT_THE_DOOR, *SIGNED_IN]

    assert len(names) == len(set(names))


def test_every_role_is_tried():
    assert set(ROLES) == {*Seat.Role.values, "nobody"}


@pytest.mark.parametrize("role", ["visitor", *ROLES])
def test_what_is_public_asks_nobody_who_they_are(objects, role):
    browser = people.browser(None if role == "visitor" else _staff(role))

    asked = {name: browser.get(_example(name)) for name in PUBLIC}

    assert {name for name, each in asked.items() if each.status_code in (401, 403) or _is_sent_in(each)} == set()


def test_a_visitor_is_asked_to_sign_in_before_anything_about_an_account(objects):
    before = _everything()

    sent = {name: _is_sent_in(people.browser().post(_example(name))) for name in SIGNED_IN}

    assert {name for name, is_sent in sent.items() if not is_sent} == set()
    assert _everything() == before


@pytest.mark.parametrize("role", ROLES)
def test_a_role_opens_what_the_table_says(objects, role):
    browser = people.browser(_staff(role))

    refused = {line.name: codes for line in TABLE if role in line.may and (codes := _refusals(browser, line, objects))}

    assert refused == {}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_is_refused_everything_else_and_changes_nothing(objects, role):
    browser = people.browser(_staff(role))
    before = _everything()

    answered = {line.name: _codes(browser, line, objects) for line in TABLE if role not in line.may}

    assert {name: codes for name, codes in answered.items() if set(codes) != {403}} == {}
    assert _everything() == before


def test_a_visitor_is_sent_to_sign_in_and_changes_nothing(objects):
    before = _everything()

    codes = {line.name: _codes(people.browser(), line, objects) for line in TABLE}

    assert {name for name, each in codes.items() if set(each) != {401}} == set()
    assert _everything() == before


def test_a_password_without_a_second_factor_opens_nothing(objects):
    browser = people.browser(Staff.objects.create_user("bare", password="cyberweek-test"))
    before = _everything()

    codes = {line.name: _codes(browser, line, objects) for line in TABLE}

    assert {name for name, each in codes.items() if set(each) != {401}} == set()
    assert _everything() == before


def test_a_liaison_of_another_unit_is_not_told_of_a_task(objects):
    browser = people.browser(people.staff("stranger", "liaison", of=unit("elsewhere")))
    before = _everything()

    lines = [line for line in TABLE if line.path[:1] == ("task",) and "liaison" in line.may]

    assert {line.name: _codes(browser, line, objects) for line in lines} == {line.name: [404] for line in lines}
    assert len(lines) == 9
    assert _everything() == before


def test_no_page_brings_a_script_of_its_own_or_of_a_third_party(objects):
    pages = {name: answer for name, answer in _shown(objects).items() if answer["Content-Type"].startswith("text/html")}

    assert [(name, own) for name, each in pages.items() if (own := OWN_CODE.findall(each.content.decode()))] == []
    assert {answer["Content-Security-Policy"] for answer in pages.values()} == {POLICY}
    assert len(pages) > 40


def test_what_is_no_page_is_kept_in_a_sandbox_and_saved_instead_of_opened(objects):
    files = {
        name: answer for name, answer in _shown(objects).items() if not answer["Content-Type"].startswith("text/html")
    }

    assert {each["Content-Security-Policy"] for each in files.values()} == {SANDBOX}
    assert {each["X-Content-Type-Options"] for each in files.values()} == {"nosniff"}
    assert {name: each["Content-Type"] for name, each in files.items() if not _is_attached(each)} == {
        "certificates:key": "application/json",
        "portal:calendar": "text/calendar; charset=utf-8",
        "portal:manifest": "application/manifest+json",
        "portal:poster": "image/png",
        "portal:robots": "text/plain; charset=utf-8",
        "supervision:photo": "image/jpeg",  # drawn anew from the pixels that came in
        "supervision:text": "text/plain; charset=utf-8",
    }


def _shown(objects: dict[str, object]) -> dict[str, HttpResponse]:
    """What every address shows to somebody who may look at it."""
    browsers = {role: people.browser(_staff(role)) for role in ROLES}
    shown = {name: people.browser().get(_example(name)) for name in PUBLIC}
    for line in TABLE:
        if "GET" in line.does:
            url = reverse(line.name, args=[objects[each] for each in line.path])
            shown[line.name] = browsers[min(line.may)].get(url)
    return {name: answer for name, answer in shown.items() if answer.status_code == 200}


def _is_attached(answer: HttpResponse) -> bool:
    return answer.get("Content-Disposition", "").startswith("attachment;")


def _staff(role: str) -> Staff:
    """Somebody in the role; the liaison is the unit's whose task there is."""
    return people.staff(role, "" if role == "nobody" else role, of=unit("bureau"))


def _example(name: str) -> str:
    """An address of the name, of things that may not be there."""
    wanted = dict(_addresses(get_resolver()))[name]
    return reverse(name, kwargs={each: EXAMPLES[each] for each in wanted})


def _is_sent_in(answer) -> bool:
    return answer.get("Location", "").startswith("/accounts/login/")


def _codes(browser, line: Line, objects: dict[str, object]) -> list[int]:
    """What the address answers to each of its methods; 401 stands for being sent to sign in."""
    url = reverse(line.name, args=[objects[each] for each in line.path])
    form = {name: objects.get(value, value) for name, value in line.form}
    answers = [browser.get(url) if each == "GET" else browser.post(url, form) for each in line.does.split()]
    return [401 if each.get("Location", "").startswith("/accounts/") else each.status_code for each in answers]


def _refusals(browser, line: Line, objects: dict[str, object]) -> list[int]:
    return [code for code in _codes(browser, line, objects) if code not in (200, 302, 422)]


def _everything() -> tuple[object, ...]:
    """Every row of every table, and where the chain stands; sessions remember messages and do not count."""
    own = [model for model in apps.get_models() if model._meta.label != "sessions.Session"]
    return {model._meta.label: list(model.objects.order_by("pk").values_list()) for model in own}, head()


def _addresses(
    resolver: URLResolver, within: str = "", wanted: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every address by its name, whatever includes it, with what its path asks for."""
    for each in resolver.url_patterns:
        asked = (*wanted, *each.pattern.converters)
        if isinstance(each, URLPattern):
            yield f"{within}{each.name}", asked
        else:
            yield from _addresses(each, within + (f"{each.namespace}:" if each.namespace else ""), asked)
