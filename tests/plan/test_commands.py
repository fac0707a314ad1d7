"""`cyberweek plan` on a command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cyberweek.plan.commands import main

TEXT = Path(__file__).parent / "reader" / "texts" / "district.txt"


def test_read_prints_json_with_the_agreed_keys(capfdbinary):
    assert main(["plan", "read", str(TEXT), "--json"]) == 0

    expected = json.loads(TEXT.with_suffix(".json").read_text(encoding="utf-8"))
    assert json.loads(capfdbinary.readouterr().out) == expected


def test_read_prints_an_outline(capsys):
    assert main(["plan", "read", str(TEXT)]) == 0

    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == ["2019年海阳区网络安全宣传周活动方案", "时间  2019-09-16 至 2019-09-22"]
    assert "活动 5 项" in lines


def test_check_prints_one_finding_a_line_like_a_compiler(capsys):
    assert main(["plan", "check", str(TEXT)]) == 0

    out, err = capsys.readouterr()
    assert out.splitlines()[0] == f"{TEXT}:8: P401 warning “区融媒体中心”在正文承担任务，分工表里没有这一行"
    assert err == "0 个错误，5 个警告，5 条提示\n"


def test_check_fails_when_there_is_an_error(tmp_path, capsys):
    bad = tmp_path / "bad.txt"
    bad.write_text(TEXT.read_text(encoding="utf-8").replace("9月25日前", "9月31日前"), encoding="utf-8")

    assert main(["plan", "check", str(bad)]) == 1
    assert f"{bad}:23: P106 error " in capsys.readouterr().out


def test_diff_says_what_a_revision_changes(tmp_path, capsys):
    new = tmp_path / "new.txt"
    new.write_text(TEXT.read_text(encoding="utf-8").replace("区科技馆一层", "区体育馆"), encoding="utf-8")

    assert main(["plan", "diff", str(TEXT), str(new)]) == 0

    out, err = capsys.readouterr()
    assert out == "~ 活动“网络安全体验展” · 地点：区科技馆一层 → 区体育馆\n"
    assert err == "1 处不同\n"


@pytest.mark.parametrize("name", ["missing.txt", "."])
def test_a_file_that_cannot_be_opened_is_named(tmp_path, capsys, name):
    assert main(["plan", "read", str(tmp_path / name)]) == 2
    assert "无法打开" in capsys.readouterr().err
