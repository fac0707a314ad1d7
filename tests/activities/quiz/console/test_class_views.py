"""Classes in the console: who may keep them, and what becomes of that."""

from __future__ import annotations

import pytest


@pytest.fixture
def schools(house):
    from cyberweek.units.models import Unit

    return [Unit.objects.create(code=f"school-{n}", kind="school", name_zh=f"第{n}小学") for n in (1, 2)]


@pytest.fixture
def as_seat(house, client):
    """Sign somebody in who holds a seat, the second factor taken as given."""
    from django.contrib.auth import get_user_model

    from cyberweek.people.services import give_seat

    def sign_in(role: str, unit):
        from allauth.mfa.models import Authenticator

        staff, is_new = get_user_model().objects.get_or_create(username=f"{role}-{unit.code}")
        if is_new:
            Authenticator.objects.create(user=staff, type="totp", data={})
            give_seat(staff, unit=unit, role=role, at=house.at)
        client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


def counts() -> tuple[int, int]:
    from cyberweek.activities.quiz.models import ClassCode, Classroom

    return Classroom.objects.count(), ClassCode.objects.count()


URL = "/console/quiz/quiz/classes/"


def test_a_liaison_makes_a_class_of_the_own_unit(as_seat, schools, activity):
    from cyberweek.activities.quiz.models import Classroom

    answer = as_seat("liaison", schools[0]).post(URL, {"name": "四年级二班", "unit": "school-1"})
    made = Classroom.objects.get()

    assert (answer.status_code, answer.headers["Location"]) == (302, f"{URL}{made.pk}/")
    assert (made.name, made.unit, len(made.code.text)) == ("四年级二班", schools[0], 8)


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "班", "unit": "school-2"},
        {"name": "", "unit": "school-1"},
        {"name": "班" * 61, "unit": "school-1"},
        {},
    ],
)
def test_what_makes_no_class_makes_none(as_seat, schools, activity, fields):
    answer = as_seat("liaison", schools[0]).post(URL, fields)

    assert (answer.status_code, counts()) == (422, (0, 0))


def test_another_units_class_is_not_there(as_seat, schools, activity):
    as_seat("liaison", schools[0]).post(URL, {"name": "一班", "unit": "school-1"})
    from cyberweek.activities.quiz.models import Classroom

    pk = Classroom.objects.get().pk
    client = as_seat("liaison", schools[1])

    statuses = [client.get(f"{URL}{pk}/").status_code, client.post(f"{URL}{pk}/close/").status_code]

    assert statuses == [404, 404]
    assert "一班" not in client.get(URL).content.decode()
    assert Classroom.objects.get().code.closed_at is None


def test_an_organiser_keeps_every_class(as_seat, schools, activity):
    from cyberweek.activities.quiz.models import ClassCode

    as_seat("liaison", schools[0]).post(URL, {"name": "一班", "unit": "school-1"})
    client, pk = as_seat("organiser", schools[1]), ClassCode.objects.get().pk

    client.post(f"{URL}{pk}/close/")
    closed = ClassCode.objects.get().closed_at
    client.post(f"{URL}{pk}/open/")

    assert "一班" in client.get(URL).content.decode()
    assert (closed is not None, ClassCode.objects.get().closed_at) == (True, None)


@pytest.mark.parametrize("role", ["audit", "system", "reviewer", "security"])
def test_nobody_else_keeps_classes(as_seat, schools, activity, role):
    client = as_seat(role, schools[0])

    statuses = [client.get(URL).status_code, client.post(URL, {"name": "班", "unit": "school-1"}).status_code]

    assert (statuses, counts()) == ([403, 403], (0, 0))


def test_who_is_not_signed_in_is_sent_to_do_so(client, activity):
    assert client.get(URL).status_code == 302


def test_the_navigation_leads_to_the_one_quiz(as_seat, schools, activity):
    client = as_seat("liaison", schools[0])

    assert client.get("/console/quiz/classes/").headers["Location"] == URL


def test_a_class_of_nine_shows_no_figure(as_seat, schools, activity, published, play):
    from cyberweek.activities.quiz.models import Classroom

    client = as_seat("liaison", schools[0])
    client.post(URL, {"name": "一班", "unit": "school-1"})
    classroom = Classroom.objects.get()
    play(published(), 9, mode=2, group=classroom.pk)

    page = client.get(f"{URL}{classroom.pk}/").content.decode()

    assert "满 10 份答卷才显示" in page
    assert 'class="stat-figure"' not in page


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_list_takes_the_same_queries_for_any_number(as_seat, schools, activity, queries, house, count):
    from cyberweek.activities.quiz import services
    from cyberweek.kernel.dice import Dice

    for number in range(count):
        services.make_class(activity, unit=schools[0], name=f"{number} 班", at=house.at, below=Dice(number).below)
    client = as_seat("organiser", schools[0])

    assert queries(lambda: client.get(URL)) == 16
