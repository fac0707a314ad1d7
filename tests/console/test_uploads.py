"""The pages on which a plan becomes a campaign."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

TEXT = Path(__file__).parents[1] / "plan" / "reader" / "texts" / "district.txt"
PLAN = TEXT.read_bytes().replace("校园日活动".encode(), "青少年讲座".encode())


@pytest.fixture
def office(house, client):
    """An organiser's browser in an installation that has no campaign yet."""
    from allauth.mfa.totp.internal import auth as totp

    from cyberweek.people.models import Seat, Staff
    from cyberweek.people.services import give_seat
    from cyberweek.units.models import Unit
    from cyberweek.units.services import load_units

    load_units()
    staff = Staff.objects.create_user("office", password="cyberweek-test")
    unit = Unit.objects.get(code="cac")
    give_seat(staff, unit=unit, role=Seat.Role.ORGANISER, at=house.at)
    totp.TOTP.activate(staff, totp.generate_totp_secret())
    client.force_login(staff)
    return client


@pytest.fixture
def review(office) -> str:
    """The address of an upload's review page."""
    answer = office.post("/console/plan/uploads/", {"file": SimpleUploadedFile("district.txt", PLAN)})
    return answer["Location"]


def test_an_upload_is_shown_beside_its_lines(office, review):
    page = office.get(review).content.decode()

    assert "网络安全知识竞答" in page
    assert 'id="line-9" class="review-line review-line-hit"' in page
    assert 'href="#line-9"' in page


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.txt", b"", "文件是空的"),
        ("a.txt", "今天天气很好。".encode(), "不像一份方案"),
        ("a.docx", b"PK\x03\x04 broken", "请"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版"),
    ],
)
def test_a_bad_file_is_answered_with_cause_and_way_out(office, name, body, said):
    answer = office.post("/console/plan/uploads/", {"file": SimpleUploadedFile(name, body)})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "还没有收到方案" in answer.content.decode()


def test_a_correction_is_saved_shown_and_undone(office, review):
    item = f"{review}items/activities[0]/"
    sent = {
        "name": "答题",
        "kind": "quiz",
        "starts": "2019-09-17",
        "ends": "2019-09-18",
        "hosts": "区委网信办、区教育局",
    }

    answer = office.post(item, sent)

    assert answer["Location"] == f"{review}#activities-0"
    assert "2019-09-17/2019-09-18" in office.get(review).content.decode()
    assert "区委网信办、区教育局" in office.get(review).content.decode()
    office.post(f"{item}undo/")
    assert "2019-09-17/2019-09-18" not in office.get(review).content.decode()


def test_dates_out_of_order_are_refused_with_the_reason(office, review):
    sent = {"name": "答题", "kind": "quiz", "starts": "2019-09-18", "ends": "2019-09-17"}

    answer = office.post(f"{review}items/activities[0]/", sent)

    assert answer.status_code == 422
    assert "结束日期早于开始日期" in answer.content.decode()


def test_an_item_can_be_added_and_taken_away(office, review):
    office.post(f"{review}items/theme_days/", {"name": "校园日", "date": "2019-09-17", "leads": "区教育局"})
    assert 'id="theme_days-0"' in office.get(review).content.decode()

    office.post(f"{review}items/theme_days[+0]/remove/")
    assert "校园日" not in office.get(review).content.decode()


@pytest.mark.parametrize("path", ["activities[99]", "findings[0]", "nothing", "activities[x]"])
def test_an_item_that_is_not_there_is_not_found(office, review, path):
    assert office.get(f"{review}items/{path}/").status_code == 404
    assert office.post(f"{review}items/{path}/remove/").status_code == 404


def test_a_finding_is_accepted_with_a_reason_and_only_with_one(office, review):
    from cyberweek.plan.models import PlanUpload
    from cyberweek.plan.queries import found_lines, plan_in

    def lines():
        upload = PlanUpload.objects.get()
        return found_lines(upload, plan_in(upload))

    key = lines()[0].key
    office.post(f"{review}accept/", {"key": key, "reason": " "})
    assert lines()[0].reason == ""
    office.post(f"{review}accept/", {"key": key, "reason": "会上已定"})
    assert lines()[0].reason == "会上已定"
    office.post(f"{review}accept/", {"key": key, "do": "withdraw"})
    assert lines()[0].reason == ""


def test_confirming_makes_the_campaign_that_the_portal_shows(office, review):
    assert office.post(f"{review}confirm/", {"area": "海阳区", "slug": "x y"}).status_code == 422

    answer = office.post(f"{review}confirm/", {"area": "海阳区", "slug": "week-2019"})

    assert answer["Location"] == "/console/plan/"
    assert "网络安全知识竞答" in office.get("/programme/").content.decode()
    assert "这份方案已确认" in office.get(review).content.decode()


def test_a_revision_changes_nothing_until_it_is_asked_to(office, review):
    office.post(f"{review}confirm/", {"area": "海阳区", "slug": "week-2019"})
    revised = PLAN.replace("海阳大剧院".encode(), "海阳体育馆".encode())
    second = office.post("/console/plan/uploads/", {"file": SimpleUploadedFile("b.txt", revised)})["Location"]

    page = office.get(f"{second}changes/").content.decode()

    assert "海阳大剧院" in page
    assert "海阳体育馆" in page
    assert "海阳体育馆" not in office.get("/console/plan/").content.decode()
    office.post(f"{second}changes/")
    assert "海阳体育馆" in office.get("/console/plan/").content.decode()


def test_an_upload_can_be_thrown_away_until_it_is_a_campaign(office, review):
    office.post(f"{review}discard/")
    assert office.get(review).status_code == 404
