"""Who exists on a day."""

from __future__ import annotations

from datetime import date

import pytest

from cyberweek.units.queries import AREAS, tiles_on, unit_named, units_on
from cyberweek.units.services import load_units


@pytest.mark.parametrize(("day", "areas"), [(date(2021, 10, 11), 38), (date(2025, 11, 5), 38), (date(2025, 11, 6), 37)])
def test_districts_and_counties_follow_the_day(house, day, areas):
    load_units()

    assert units_on(day, AREAS).count() == areas
    assert len({(unit.row, unit.column) for unit in tiles_on(day)}) == areas


def test_a_merged_district_leads_to_its_successor(house):
    load_units()

    before, after = unit_named("渝北区", date(2021, 10, 11)), unit_named("渝北区", date(2026, 1, 1))

    assert (before.merged_into.code, after) == ("liangjiang", None)


def test_an_alias_names_the_unit(house):
    load_units()

    assert unit_named("市网信办", date(2021, 10, 11)).code == "cac"


def test_loading_twice_changes_nothing(house):
    assert load_units() == load_units() == units_on(date(2021, 10, 11)).count() + 1
