"""Districts and units in the console."""

from __future__ import annotations

import re

import pytest

from cyberweek.activities.quiz.snapshot import Area


@pytest.fixture
def office(house, client):
    from allauth.mfa.models import Authenticator
    from django.contrib.auth import get_user_model

    from cyberweek.people.services import give_seat
    from cyberweek.units.models import Unit

    staff = get_user_model().objects.create(username="office")
    Authenticator.objects.create(user=staff, type="totp", data={})
    unit = Unit.objects.create(code="cac", kind="office", name_zh="网信办")
    give_seat(staff, unit=unit, role="organiser", at=house.at)
    client.force_login(staff, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


NAMES = {"east": "东区", "west": "西区", "middle": "中区"}


def lines(page: str) -> list[tuple[str, ...]]:
    rows = re.findall(r'<tr><th scope="row">([^<]*)</th>(.*?)</tr>', page, re.DOTALL)
    return [(name, *re.findall(r'<td class="number">([^<]*)</td>', cells)) for name, cells in rows]


def test_areas_stand_by_name_with_few_papers_left_out(published, play, office):
    release = published(districts=tuple(Area(code, name, name) for code, name in NAMES.items()))
    play(release, 9, district="east")
    play(release, 10, district="west", unit="school-1")
    play(release, 30, district="west", unit="school-1")

    page = office.get("/console/quiz/quiz/districts/").content.decode()

    assert lines(page) == [
        ("东区", "&lt;10", "—", "—"),
        ("西区", "40", "100.0%", "100.0%"),
        ("中区", "&lt;10", "—", "—"),
        ("第一小学", "40", "100.0%", "100.0%"),
    ]


def test_before_publishing_there_is_no_list(activity, office):
    answer = office.get("/console/quiz/quiz/districts/")

    assert (answer.status_code, answer.content.decode().count("发布以后才有名单")) == (200, 2)


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_page_takes_the_same_queries_for_any_number(published, play, office, queries, count):
    many = tuple(Area(f"d{n}", f"{n}区", f"{n}") for n in range(count))
    play(published(districts=many, units=many), 10, district="d0")

    assert queries(lambda: office.get("/console/quiz/quiz/districts/")) == 15
