"""The inbox of one's seats, and what did not go out."""

from __future__ import annotations

import pytest

from cyberweek.messages.models import Delivery, Letter
from cyberweek.messages.services import Note, write
from cyberweek.people.contacts import set_contact
from cyberweek.people.models import Seat
from tests.factories import people
from tests.factories.units import unit


@pytest.fixture
def liaison(house):
    staff = people.staff("liaison", "liaison", of=unit("bureau"))
    set_contact(staff, email="li@city.example", phone="")
    seat = Seat.objects.get()
    write([Note(f"due:{n}", seat.pk, f"第 {n} 项到期", "请办", "/console/tasks/") for n in (1, 2)], at=house.at)
    return people.browser(staff)


@pytest.fixture
def office(house):
    return people.browser(people.staff("office", "organiser"))


def test_an_inbox_shows_the_letters_of_ones_seats_and_no_others(liaison, office):
    page = liaison.get("/console/inbox/").content.decode()

    assert "第 1 项到期" in page
    assert "2 封未读" in page
    assert "第 1 项到期" not in office.get("/console/inbox/").content.decode()


def test_opening_a_letter_marks_it_read_and_leads_to_what_it_is_about(liaison):
    letter = Letter.objects.first()

    assert liaison.post(f"/console/inbox/{letter.pk}/")["Location"] == "/console/tasks/"

    assert list(Letter.objects.filter(read_at=None).values_list("pk", flat=True)) == [letter.pk - 1]


def test_a_letter_of_another_seat_is_not_told_of(liaison, office):
    assert office.post(f"/console/inbox/{Letter.objects.first().pk}/").status_code == 403
    assert office.post("/console/inbox/999999/").status_code == 403
    assert Letter.objects.filter(read_at=None).count() == 2


def test_all_are_marked_read_at_once(liaison):
    answer = liaison.post("/console/inbox/read/")

    assert "2 封消息标为已读。" in liaison.get(answer["Location"]).content.decode()
    assert Letter.objects.filter(read_at=None).count() == 0


def test_what_is_stuck_is_shown_and_sent_again(liaison, office):
    Delivery.objects.filter(letter__reason="due:1").update(standing="unsure")
    stuck = Delivery.objects.get(letter__reason="due:1").pk
    page = office.get("/console/post/").content.decode()
    assert "第 1 项到期" in page
    assert "第 2 项到期" not in page

    office.post(f"/console/post/{stuck}/again/")
    answer = office.post(f"/console/post/{stuck}/again/")

    assert "这一封没有卡住" in office.get(answer["Location"]).content.decode()
    assert list(Delivery.objects.values_list("standing", flat=True)) == ["waiting", "waiting"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"email": "li", "phone": ""}, "邮箱写成 name@example.cn 这样。"),
        ({"email": "", "phone": "138"}, "手机号是 11 位数字"),
    ],
)
def test_a_contact_that_is_none_is_refused_with_the_reason(liaison, form, words):
    answer = liaison.post("/console/account/", form)

    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_contact_is_kept_sealed_shown_to_its_owner_and_forgotten(liaison):
    from cyberweek.people.models import Staff

    liaison.post("/console/account/", {"email": "zhang@city.example", "phone": "13800005678"})
    staff = Staff.objects.get(username="liaison")
    assert staff.email == "zhang@city.example"
    assert b"13800005678" not in bytes(staff.phone)
    assert "13800005678" in liaison.get("/console/account/").content.decode()

    liaison.post("/console/account/", {"email": "", "phone": ""})

    staff.refresh_from_db()
    assert (staff.email, staff.phone) == ("", None)
