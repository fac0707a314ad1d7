"""What a campaign folder must not say: each fault is one sentence with its file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cyberweek.plan.folder import BadFolder, read_folder
from cyberweek.plan.soundness import require_sound

FOLDER = Path(__file__).parents[2] / "campaigns" / "chongqing-2021"

FAULTS = [
    ("campaign.toml", "ends = 2021-10-17", "ends = 2021-10-01", "1: 活动周在 2021-10-01 结束，却在 2021-10-11 才开始"),
    ("campaign.toml", "ends = 2021-10-17", 'ends = "soon"', "8: ends 写的是“.*”，读不懂；日期写成 2026-09-15 这样"),
    ("campaign.toml", 'seed = "chongqing-2021"\n', "", "1: seed 写的是"),
    ("campaign.toml", "seed = ", "seed : ", " 不是 TOML：.* line 9"),
    ("campaign.toml", 'slug = "chongqing-2021"', 'slug = "重庆"', "1: slug“重庆”只能用英文字母、数字和连字符"),
    ("activities.csv", "2,expo,", "1,expo,", "3: 序号“1”前面已经用过"),
    ("activities.csv", "2,expo,", "2,forum,", "3: 简称“forum”前面已经用过"),
    ("activities.csv", "2,expo,", "two,expo,", "3: no 写的是“two”，读不懂；这里要写数字"),
    ("activities.csv", "2,expo,expo,", "2,expo,,", "3: kind 不能空着"),
    ("activities.csv", "2,expo,", "2,the expo,", "3: “the expo”只能用英文字母、数字和连字符"),
    (
        "activities.csv",
        "2021-10-11,2021-10-17",
        "2021-10-11,2021-10-10",
        "3: 结束日期 2021-10-10 早于开始日期 2021-10-11",
    ),
    ("activities.csv", "no,slug,kind", "no,slug,sort", "1: 第一行要写明这些列：no,slug,kind"),
    ("activities.csv", "2,expo,", "2,,expo,", "3: 这一行的栏数和第一行不一样"),
    ("theme_days.csv", "2021-10-13,", ",", "3: date 写的是“”，读不懂；日期写成 2026-09-15 这样"),
    ("theme_days.csv", ",telecom,2,", ",telecom,99999,", "3: colour 不能是 99999"),
    ("tasks.csv", "cac,no,media", "cac,no,nothing", "3: activities.csv 里没有简称为“nothing”的活动"),
    ("tasks.csv", "1,2,cac,", "1,2,cac|cac,", "3: units 里有重复的单位"),
    ("deadlines.csv", "活动总结", "", "2: what_zh 不能空着"),
    ("deadlines.csv", "活动总结", "总结" * 101, "2: what_zh 太长，最多 200 字"),
]


@pytest.fixture
def folder(tmp_path) -> Path:
    return Path(shutil.copytree(FOLDER, tmp_path / "week"))


def test_the_bundled_campaign_is_sound():
    require_sound(read_folder(FOLDER), FOLDER)


@pytest.mark.parametrize(("name", "old", "new", "words"), FAULTS, ids=[f"{f[0]}-{f[3][:12]}" for f in FAULTS])
def test_a_fault_is_named_with_its_file_and_line(folder, name, old, new, words):
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(BadFolder, match=rf"week/{name}:{words}"):
        require_sound(read_folder(folder), folder)


def test_a_line_is_counted_after_text_of_several_lines(folder):
    text = (folder / "theme_days.csv").read_text(encoding="utf-8")
    text = text.replace("从小学到大学，网络安全课走进教室。", '"从小学到大学，\n网络安全课走进教室。"').replace(
        ",telecom,", ",campus,"
    )
    (folder / "theme_days.csv").write_text(text, encoding="utf-8")

    with pytest.raises(BadFolder, match=r"theme_days\.csv:4: 简称“campus”前面已经用过"):
        require_sound(read_folder(folder), folder)


@pytest.mark.parametrize("name", ["campaign.toml", "tasks.csv"])
def test_a_missing_or_unreadable_file_is_named(folder, name):
    (folder / name).write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadFolder, match=rf"{name}: 不是 UTF-8 文字"):
        read_folder(folder)

    (folder / name).unlink()
    with pytest.raises(BadFolder, match=rf"{name}: 打不开"):
        read_folder(folder)
