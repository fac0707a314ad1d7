"""`cyberweek plan load|export`: a folder into the database and back, without loss, or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cyberweek.plan.models import Campaign, TaskUnit
from cyberweek.project.cli import main
from cyberweek.units.models import Unit
from cyberweek.units.services import load_units
from tests.factories import plan

FOLDER = Path(__file__).parents[2] / "campaigns" / "chongqing-2021"


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def units(any_house) -> None:
    load_units()


def test_a_folder_is_loaded_and_written_back_without_loss(units, tmp_path, capsys):
    assert main(["plan", "load", str(FOLDER)]) == 0
    assert main(["plan", "export", str(tmp_path / "back"), "--campaign", "chongqing-2021"]) == 0

    assert files(tmp_path / "back") == files(FOLDER)
    assert TaskUnit.objects.count() == 39
    assert capsys.readouterr().out.splitlines()[0] == "已载入：2021年重庆网络安全宣传周，活动 12 项，任务 29 项。"


def test_units_of_its_own_travel_with_a_campaign(any_house, tmp_path):
    week = plan.campaign()
    plan.activity(week, 1)
    plan.theme_day(week, 1)
    plan.task(week, 1)
    Unit.objects.get(code="host-1").aliases.create(text="示例主办")
    assert main(["plan", "export", str(tmp_path / "week")]) == 0
    exported = files(tmp_path / "week")
    assert exported["units.csv"].decode().splitlines() == [
        "code,kind,name_zh,name_en,aliases",
        "host-1,department,host-1,,示例主办",
        "lead-1,department,lead-1,,",
        "unit-1,department,unit-1,,",
    ]

    week.delete()
    Unit.objects.all().delete()
    assert main(["plan", "load", str(tmp_path / "week")]) == 0
    assert main(["plan", "export", str(tmp_path / "week")]) == 0

    assert files(tmp_path / "week") == exported


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (
            "tasks.csv",
            "cac,no,media",
            "nobody,no,media",
            "tasks.csv:3: 没有代码为“nobody”的单位：改正代码，或者写进 units.csv",
        ),
        ("activities.csv", "2,expo,", "1,expo,", "activities.csv:3: 序号“1”前面已经用过"),
        ("deadlines.csv", "2021-10-19", "soon", "deadlines.csv:2: date 写的是“soon”，读不懂；日期写成 2026-09-15 这样"),
    ],
)
def test_a_bad_folder_is_one_sentence_and_nothing_is_loaded(units, tmp_path, capsys, name, old, new, words):
    folder = Path(shutil.copytree(FOLDER, tmp_path / "week"))
    text = (folder / name).read_text(encoding="utf-8")
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    before = Unit.objects.count()

    assert main(["plan", "load", str(folder)]) == 2

    said = capsys.readouterr().err
    assert said.endswith(f"{words}\n")
    assert said.count("\n") == 1
    assert (Campaign.objects.count(), Unit.objects.count()) == (0, before)


def test_a_campaign_is_not_loaded_twice(units, capsys):
    main(["plan", "load", str(FOLDER)])

    assert main(["plan", "load", str(FOLDER)]) == 2
    assert "campaign.toml:1: 已经有简称为“chongqing-2021”的活动周" in capsys.readouterr().err
    assert Campaign.objects.count() == 1


def test_what_cannot_be_exported_is_said_with_the_way_out(house, tmp_path, capsys):
    assert main(["plan", "export", str(tmp_path)]) == 2
    assert "还没有活动周" in capsys.readouterr().err

    plan.campaign()
    assert main(["plan", "export", str(tmp_path), "--campaign", "other"]) == 2
    assert capsys.readouterr().err == "没有简称为“other”的活动周；现有：week。\n"

    (tmp_path / "file").touch()
    assert main(["plan", "export", str(tmp_path / "file")]) == 2
    assert "写不进去" in capsys.readouterr().err
    assert (tmp_path / "file").read_bytes() == b""


def test_a_campaign_is_cloned_and_waits_to_be_shown(units, capsys):
    main(["plan", "load", str(FOLDER)])

    assert main(["campaign", "clone", "chongqing-2021", "--start", "2027-09-13"]) == 0

    assert capsys.readouterr().out.splitlines()[1] == (
        "已复制：2027年重庆网络安全宣传周（chongqing-2027），2027-09-13 至 2027-09-19。"
        "在工作台的“方案—各届活动周”里核对并展示。"
    )
    assert Campaign.objects.get(slug="chongqing-2027").confirmed_at is None


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["none", "--start", "2027-09-13"], "没有简称为“none”的活动周；现有：week。\n"),
        (["week", "--start", "soon"], "--start 写的是“soon”，不是一个日期；请写成 2027-09-13 这样。\n"),
        (["week", "--start", "2027-09-13", "--slug", "week"], "已经有简称为“week”的活动周：请换一个简称。\n"),
        (["week", "--start", "2027-09-13", "--slug", "a b"], "--slug“a b”只能用英文字母、数字和连字符。\n"),
    ],
)
def test_what_cannot_be_cloned_is_one_sentence(house, capsys, given, words):
    plan.campaign()

    assert main(["campaign", "clone", *given]) == 2
    assert capsys.readouterr().err == words
    assert Campaign.objects.count() == 1
