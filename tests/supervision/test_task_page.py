"""The page of a task: what each button records and keeps, and what is refused without a trace."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cyberweek.ledger.queries import head, stream_rows
from cyberweek.people.models import Holding
from cyberweek.people.services import end_seat
from cyberweek.supervision.models import Photo, Statement
from cyberweek.supervision.own_tasks import choose_kind
from cyberweek.supervision.queries import find_line, history
from cyberweek.supervision.services import Hand, assign_all, make_move, sign_for
from tests.factories import people, plan, report
from tests.factories.photos import drawn
from tests.factories.units import unit


@pytest.fixture
def pair(house):
    """A task of the bureau that is handed out."""
    made = plan.task(plan.campaign(), 1, unit=unit("bureau"), due=date(2026, 11, 27))
    assign_all(made.task.campaign, writer=house.writer, seat=1, at=house.at)
    return made


@pytest.fixture
def signed(house, pair):
    sign_for(pair, writer=house.writer, seat=1, at=house.at)
    return pair


@pytest.fixture
def liaison(pair):
    return people.browser(people.staff("liaison", "liaison", of=unit("bureau")))


@pytest.fixture
def office(pair):
    return people.browser(people.staff("office", "organiser"))


def act(browser, pair, name: str, **form: object):
    return browser.post(f"/console/tasks/{pair.pk}/{name}/", form)


def state(pair):
    return find_line(pair.pk, today=date(2026, 11, 24)).state


def kinds(pair) -> list[str]:
    pair.refresh_from_db()
    return [row.kind.removeprefix("task.") for row in stream_rows(pair.assignment.stream)]


def told(browser, answer) -> str:
    return browser.get(answer["Location"]).content.decode()


def photo(name: str = "a.jpg", **look: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, drawn(**look), content_type="image/jpeg")


def test_a_task_lives_from_signed_for_to_done(pair, liaison, office):
    for browser, name, form in (
        (liaison, "sign-for", {}),
        (liaison, "report", {"words": "已办好"}),
        (office, "return", {"words": "请写明地点"}),
        (liaison, "report", {"words": "在示例广场办好"}),
        (office, "close", {}),
        (office, "reopen", {"words": "照片不清"}),
    ):
        assert act(browser, pair, name, **form)["Location"] == f"/console/tasks/{pair.pk}/"

    assert kinds(pair) == ["assigned", "signed-for", "reported", "returned", "reported", "closed", "reopened"]
    words = [each.said.words if each.said else "" for each in history(find_line(pair.pk, today=date(2026, 11, 24)))]
    assert words == ["", "", "已办好", "请写明地点", "在示例广场办好", "", "照片不清"]


def test_a_closing_names_the_report_it_reviewed(signed, liaison, office):
    act(liaison, signed, "report", words="已办好")
    act(office, signed, "close")

    rows = stream_rows(signed.assignment.stream)
    assert f'"digest":"{Statement.objects.get().digest}"'.encode() in rows[-1].body
    assert "已办好".encode() not in b"".join(row.body for row in rows)


def test_a_text_that_is_erased_leaves_its_act(signed, liaison, office):
    act(liaison, signed, "report", words="王某某到场")

    Statement.objects.all().delete()

    page = office.get(f"/console/tasks/{signed.pk}/").content.decode()
    assert "王某某" not in page
    assert "文字已删除。" in page
    assert state(signed).stage == "reported"


def test_an_extension_is_asked_for_and_granted(signed, liaison, office):
    act(liaison, signed, "ask-extension", due="2026-12-01", words="场地未定")
    assert "单位申请延到 12月1日" in office.get(f"/console/tasks/{signed.pk}/").content.decode()
    assert "申请延期" in office.get("/console/tasks/?state=asked").content.decode()

    act(office, signed, "due", due="2026-12-01")

    assert (state(signed).due, state(signed).asked) == (date(2026, 12, 1), None)
    assert kinds(signed)[-2:] == ["extension-asked", "due-moved"]


def test_an_extension_is_refused_with_words(signed, liaison, office):
    act(liaison, signed, "ask-extension", due="2026-12-01", words="场地未定")

    answer = act(office, signed, "refuse-extension", words="不能再晚")

    assert "已答复：期限不变。" in told(office, answer)
    assert (state(signed).due, state(signed).asked) == (date(2026, 11, 27), None)


def test_an_act_is_taken_back_by_whoever_made_it(pair, liaison, office):
    act(liaison, pair, "sign-for")

    assert "不能撤回" in told(office, act(office, pair, "take-back"))
    assert "撤回刚才的一步" in liaison.get(f"/console/tasks/{pair.pk}/").content.decode()
    assert "已撤回" in told(liaison, act(liaison, pair, "take-back"))
    assert "不能撤回" in told(liaison, act(liaison, pair, "take-back"))

    assert state(pair).stage == "assigned"
    assert kinds(pair) == ["assigned", "signed-for", "act-taken-back"]


def test_what_the_office_enters_for_a_unit_is_marked(pair, liaison, office):
    act(office, pair, "sign-for")
    act(office, pair, "report", words="来电告知：已办好")
    act(office, pair, "close")
    act(office, pair, "reopen", words="再看")
    act(liaison, pair, "report", words="补充")

    acts = history(find_line(pair.pk, today=date(2026, 11, 24)))

    assert [each.behalf for each in acts] == [False, True, True, False, False, False]
    assert "代办" in office.get(f"/console/tasks/{pair.pk}/").content.decode()


def test_who_follows_a_liaison_in_mid_week_finds_everything_and_the_other_nothing(house, signed, liaison):
    act(liaison, signed, "report", words="已办好")
    end_seat(Holding.objects.get(staff__username="liaison"), at=house.at)

    follower = people.browser(people.staff("follower", "liaison", of=unit("bureau")))

    assert "已办好" in follower.get(f"/console/tasks/{signed.pk}/").content.decode()
    assert liaison.get(f"/console/tasks/{signed.pk}/").status_code == 403


@pytest.mark.parametrize(
    ("kind", "form", "lacks"),
    [
        ("event", {}, "参与人数、至少一张照片"),
        ("event", {"people": "300", "grade": "measured"}, "至少一张照片"),
        ("publicity", {}, "至少一个链接"),
        ("check", {}, "至少一张照片"),
    ],
)
def test_a_report_without_its_evidence_is_refused_and_nothing_typed_is_lost(signed, liaison, kind, form, lacks):
    choose_kind(signed.task, kind)
    before = head()

    answer = act(liaison, signed, "report", words="已经办好", **form)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert f"还不能提交，缺：{lacks}。" in page
    assert "已经办好</textarea>" in page
    assert (head(), Statement.objects.count()) == (before, 0)


def test_a_supporting_unit_owes_no_more_than_words(signed, liaison):
    choose_kind(signed.task, "event")
    signed.role = "support"
    signed.save()

    act(liaison, signed, "report", words="已配合")

    assert state(signed).stage == "reported"


def test_people_who_are_counted_in_the_ledger_need_not_be_counted_again(house, signed, liaison):
    choose_kind(signed.task, "event")
    expo = plan.activity(signed.task.campaign, 1)
    signed.task.activity = expo
    signed.task.save()
    house.writer.append(report.head_count(expo, 300, at=house.at)._replace(
        facts=[report.HeadCountImported("bureau", "2026-11-24", 300, "measured", "list-7")]))  # fmt: skip
    assert "list-7" in liaison.get(f"/console/tasks/{signed.pk}/").content.decode()

    liaison.post(f"/console/tasks/{signed.pk}/report/", {"words": "已办好", "photo": photo()})

    assert state(signed).stage == "reported"


def test_a_report_keeps_photos_links_and_a_headcount_with_its_grade(signed, liaison, office):
    form = {"words": "已办好", "people": "320", "grade": "estimated", "photo": [photo("a.jpg"), photo("b.jpg", mark=5)],
            "links": "https://news.example/1\nhttps://news.example/2 "}  # fmt: skip

    liaison.post(f"/console/tasks/{signed.pk}/report/", form)

    fact = stream_rows(signed.assignment.stream)[-1]
    assert b'"people":320,"grade":"estimated","photos":2,"links":2' in fact.body
    page = office.get(f"/console/tasks/{signed.pk}/").content.decode()
    for words in ("参与 320 人", "估计", "https://news.example/2", "附 2 张照片"):
        assert words in page
    shown = office.get(f"/console/tasks/{signed.pk}/photos/{Photo.objects.first().pk}/?small")
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"words": ""}, "请写一句话"),
        ({"words": "好", "people": "12"}, "请说明人数是实测的还是估计的。"),
        ({"words": "好", "people": "many"}, "人数写成数字，例如 300。"),
        ({"words": "好", "links": "javascript:alert(1)"}, "不是网址"),
        ({"words": "好", "links": " ".join(f"https://a.example/{n}" for n in range(11))}, "最多放 10 个链接。"),
    ],
)
def test_a_report_that_is_filled_in_badly_says_how_to_mend_it(signed, liaison, form, words):
    before = head()

    answer = act(liaison, signed, "report", **form)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert head() == before


def test_a_script_called_a_photo_is_not_kept_and_the_words_stay(signed, liaison):
    before = head()
    script = SimpleUploadedFile("photo.jpg", b"<script>alert(1)</script>", content_type="image/jpeg")

    answer = liaison.post(f"/console/tasks/{signed.pk}/report/", {"words": "已办好", "photo": [script, photo()]})

    assert answer.status_code == 422
    assert "“photo.jpg”不是照片，没有保存" in answer.content.decode()
    assert "已办好</textarea>" in answer.content.decode()
    assert (head(), Photo.objects.count()) == (before, 1)


def test_a_file_is_not_kept_while_the_scanner_is_away(signed, liaison, settings):
    settings.SCANNER = "unix:/nowhere/clamd.ctl"

    answer = liaison.post(f"/console/tasks/{signed.pk}/photos/", {"photo": photo()})

    assert "病毒检查暂时不可用" in answer.content.decode()
    assert Photo.objects.count() == 0


def test_photos_are_kept_first_and_the_form_comes_back_as_it_was(signed, liaison):
    before = head()

    answer = liaison.post(
        f"/console/tasks/{signed.pk}/photos/", {"words": "写到一半", "people": "12", "photo": photo()}
    )

    assert "写到一半</textarea>" in answer.content.decode()
    assert 'value="12"' in answer.content.decode()
    assert (head(), Photo.objects.count()) == (before, 1)


def test_the_same_photo_twice_is_one_and_a_thirteenth_is_refused(signed, liaison):
    many = [photo(f"{mark}.jpg", mark=mark) for mark in range(12)]
    liaison.post(f"/console/tasks/{signed.pk}/photos/", {"photo": [*many, photo("again.jpg")]})
    assert Photo.objects.count() == 12

    answer = liaison.post(f"/console/tasks/{signed.pk}/photos/", {"photo": photo("13.jpg", mark=13)})

    assert "一项任务最多 12 张" in answer.content.decode()
    assert Photo.objects.count() == 12


def test_a_photo_that_was_shown_for_another_task_is_pointed_out(house, signed, liaison, office):
    other = plan.task(signed.task.campaign, 2, unit=unit("elsewhere", name_zh="别的局"))
    liaison.post(f"/console/tasks/{signed.pk}/photos/", {"photo": photo()})
    assert "很像" not in office.get(f"/console/tasks/{signed.pk}/").content.decode()
    assign_all(signed.task.campaign, writer=house.writer, seat=1, at=house.at)
    make_move(other, "sign-for", hand=Hand(house.writer, 1, house.at))

    office.post(
        f"/console/tasks/{other.pk}/photos/", {"photo": SimpleUploadedFile("c.png", drawn("PNG", size=(800, 600)))}
    )

    page = office.get(f"/console/tasks/{signed.pk}/").content.decode()
    assert "与这些任务的照片很像" in page
    assert "2 · 别的局" in page


def test_a_photo_is_erased_by_the_unit_while_it_works_and_by_the_office_always(signed, liaison, office):
    for mark in (0, 5):
        liaison.post(f"/console/tasks/{signed.pk}/photos/", {"photo": photo(mark=mark)})
    first, second = Photo.objects.all()

    assert liaison.post(f"/console/tasks/{signed.pk}/photos/{first.pk}/erase/").status_code == 302
    act(liaison, signed, "report", words="已办好")
    assert liaison.post(f"/console/tasks/{signed.pk}/photos/{second.pk}/erase/").status_code == 403
    assert office.post(f"/console/tasks/{signed.pk}/photos/{second.pk}/erase/").status_code == 302
    assert office.get(f"/console/tasks/{signed.pk}/photos/{second.pk}/").status_code == 404

    assert Photo.objects.count() == 0
    assert state(signed).stage == "reported"


def test_a_due_day_is_moved_and_shown(pair, office):
    answer = act(office, pair, "due", due="2026-12-01")

    assert "12月1日" in told(office, answer)
    assert state(pair).due == date(2026, 12, 1)


@pytest.mark.parametrize(("due", "words"), [("", "请选一个日期"), ("soon", "日期写成 2026-09-15 这样")])
def test_a_day_that_is_none_is_refused_with_the_reason(pair, office, due, words):
    before = head()

    answer = act(office, pair, "due", due=due)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert head() == before


@pytest.mark.parametrize("name", ["return", "refuse-extension", "withdraw", "reopen"])
def test_an_answer_without_words_is_refused(signed, liaison, office, name):
    act(liaison, signed, "report", words="已办好")
    before = head()

    assert act(office, signed, name, words=" ").status_code == 422
    assert (head(), Statement.objects.count()) == (before, 1)


@pytest.mark.parametrize(("name", "form"), [("close", {}), ("reopen", {"words": "再看"})])
def test_what_a_stage_does_not_allow_is_refused_in_words(pair, office, name, form):
    before = head()

    answer = act(office, pair, name, **form)

    assert "现在不能这样办：这项任务待签收。" in told(office, answer)
    assert head() == before


def test_whoever_saw_an_older_state_is_told_so(signed, liaison):
    before = head()

    answer = act(liaison, signed, "report", words="已办好", seen="1")

    assert "刚才有人先办了这项任务" in told(liaison, answer)
    assert head() == before
