"""The poster that people share."""

from __future__ import annotations

import pytest

from cyberweek.portal import posters


def size(picture: bytes) -> tuple[int, int]:
    return int.from_bytes(picture[16:20], "big"), int.from_bytes(picture[20:24], "big")


def test_a_poster_is_drawn_for_an_activity(client, make_week):
    make_week()

    answer = client.get("/activities/expo-1/poster.png")

    assert (answer.status_code, answer.headers["Content-Type"], size(answer.content)) == (
        200,
        "image/png",
        (1080, 1440),
    )
    assert "public" in answer.headers["Cache-Control"]


def test_languages_and_units_have_posters_of_their_own(client, make_week):
    make_week()
    paths = [
        "/activities/expo-1/poster.png",
        "/en/activities/expo-1/poster.png",
        "/activities/expo-1/poster.png?unit=bureau",
    ]

    assert len({client.get(path).content for path in paths}) == 3


def test_a_unit_that_is_none_changes_nothing(client, make_week):
    make_week()

    with_none = client.get("/activities/expo-1/poster.png?unit=<b>nobody</b>")

    assert with_none.content == client.get("/activities/expo-1/poster.png").content


def test_an_activity_that_is_none_has_no_poster(client, make_week):
    make_week()

    assert client.get("/activities/nothing/poster.png").status_code == 404


@pytest.mark.parametrize(("title", "size"), [("有奖问答", 112), ("网络安全有奖知识问答大赛", 84), ("Prize quiz", 112)])
def test_a_long_title_is_set_smaller(title, size):
    assert posters.points(title) == size
