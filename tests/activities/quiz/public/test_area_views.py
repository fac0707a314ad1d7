"""The districts' page: tiles and table, no small cell, no ranking, one number of queries."""

from __future__ import annotations

import re

import pytest

from cyberweek.activities.quiz.snapshot import Area


def example_units(count: int) -> tuple[Area, ...]:
    """So many districts that exist and have a tile."""
    from cyberweek.units.models import Unit

    Unit.objects.bulk_create(
        Unit(code=f"d{n:03}", kind="district", name_zh=f"甲{n}区", name_en=f"D{n} District", row=n // 20, column=n % 20)
        for n in range(count)
    )
    return tuple(Area(f"d{n:03}", f"甲{n}区", f"D{n} District") for n in range(count))


def tiles(page: str) -> list[tuple[str, str, str]]:
    """Shade, name and label of each tile."""
    found = re.findall(r'<g class="heat-(\d)">.*?tile-name[^>]*>([^<]*)<.*?tile-label[^>]*>([^<]*)<', page)
    return [tuple(each) for each in found]


def test_a_district_shows_its_share_from_ten_papers_on(published, client, play):
    release = published(districts=example_units(3))
    play(release, 10, district="d000")
    play(release, 9, district="d001")
    play(release, 40)

    page = client.get("/play/quiz/districts/").content.decode()

    assert tiles(page) == [("4", "甲0", "100%"), ("0", "甲1", "&lt;10"), ("0", "甲2", "&lt;10")]


def test_practice_and_class_papers_count_for_no_district(published, client, play):
    release = published(districts=example_units(1))
    play(release, 10, mode=1, district="d000")
    play(release, 10, mode=2, group=5, district="d000")

    assert "还没有哪个区县满 10 份答卷" in client.get("/play/quiz/districts/").content.decode()


def test_a_share_is_drawn_towards_the_citys(published, client, play):
    release = published(districts=example_units(3))
    play(release, 60, district="d000")
    play(release, 60, right=False, district="d001")
    play(release, 10, district="d002")

    shown = {name: label for _shade, name, label in tiles(client.get("/play/quiz/districts/").content.decode())}

    assert {name: int(label[:-1]) for name, label in shown.items()} == {"甲0": 99, "甲1": 1, "甲2": 96}


def test_english_names_are_english(published, client, play):
    release = published(districts=example_units(1))
    play(release, 10, district="d000")

    assert tiles(client.get("/en/play/quiz/districts/").content.decode()) == [("4", "D0", "100%")]


def test_an_area_without_a_tile_stands_beside_the_map(published, client, play):
    release = published(districts=(*example_units(2), Area("zone", "开发区管委会", "Zone")))
    play(release, 10, district="zone")

    page = client.get("/play/quiz/districts/").content.decode()

    assert "<li>开发区管委会 <strong>100%</strong></li>" in page


@pytest.mark.parametrize("count", [1, 3, 300])
def test_the_page_takes_the_same_queries_for_any_number_of_districts(published, client, play, queries, count):
    release = published(districts=example_units(count))
    play(release, 10, district="d000")
    client.get("/play/quiz/districts/")

    assert queries(lambda: client.get("/play/quiz/districts/")) == 5
