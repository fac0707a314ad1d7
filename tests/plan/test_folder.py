"""A campaign as a folder of text."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from cyberweek.plan.folder import BadFolder, folder_of, read_folder, save, write_folder
from cyberweek.plan.models import Campaign, TaskUnit
from cyberweek.plan.shift import shift
from cyberweek.units.services import load_units

FOLDER = Path(__file__).parents[2] / "campaigns" / "chongqing-2021"


def test_the_bundled_campaign_has_all_that_the_plan_says():
    folder = read_folder(FOLDER)

    assert [len(folder.activities), len(folder.theme_days), len({t.row for t in folder.tasks}), len(folder.tasks)] == [
        12,
        6,
        20,
        29,
    ]
    assert sum(len(task.units) for task in folder.tasks) == 39


def test_reading_and_writing_loses_nothing():
    files = {path.name: path.read_bytes() for path in FOLDER.iterdir()}

    assert write_folder(read_folder(FOLDER)) == files


def test_saving_and_exporting_loses_nothing(house):
    load_units()
    folder = read_folder(FOLDER)

    campaign = save(folder, at=house.at)

    assert write_folder(folder_of(Campaign.objects.get(pk=campaign.pk))) == write_folder(folder)
    assert TaskUnit.objects.filter(task__campaign=campaign).count() == 39


def test_a_moved_week_has_today_as_its_second_day():
    moved = shift(read_folder(FOLDER), date(2026, 11, 24))

    assert (moved.about.starts, moved.about.ends) == (date(2026, 11, 23), date(2026, 11, 29))
    assert [day.date for day in moved.theme_days][:1] == [date(2026, 11, 24)]
    assert moved.deadlines[0].date == date(2026, 12, 1)


def test_a_bad_line_is_named(tmp_path):
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / "theme_days.csv").read_text(encoding="utf-8").replace("2021-10-13", "soon")
    (tmp_path / "theme_days.csv").write_text(text, encoding="utf-8")

    with pytest.raises(BadFolder, match=r"theme_days\.csv:3"):
        read_folder(tmp_path)


def test_an_unknown_unit_leaves_nothing_behind(house):
    with pytest.raises(BadFolder, match="banan"):
        save(read_folder(FOLDER), at=house.at)

    assert Campaign.objects.count() == 0
