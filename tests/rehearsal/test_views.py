"""The page of a rehearsal's findings."""

from __future__ import annotations

import pytest

from cyberweek.rehearsal.record import Late, Record, write
from tests.factories import people
from tests.factories.units import unit

HERE = "/console/rehearsal/"


@pytest.fixture
def office(house, settings, tmp_path):
    settings.REHEARSALS = tmp_path
    return people.browser(people.staff("office", "organiser"))


def kept(folder, name: str, at: str = "", counted: int = 12) -> None:
    record = Record()
    record.add("quiz.papers", 12)
    record.took("do", 0.1)
    record.refuse("liaison cac", "现在不能这样办")
    record.late.append(Late("bureau", "after-deadline", "/console/tasks/1/"))
    (folder / name).mkdir()
    lines = [] if at else [["quiz.papers", 12, counted]]
    write(folder / name / "rehearsal.json", record, at=at, lines=lines)


def test_before_the_first_rehearsal_it_says_how_to_begin(office):
    assert "cyberweek rehearse" in office.get(HERE).content.decode()


def test_the_last_rehearsal_is_shown_with_everything_found(office, tmp_path):
    unit("bureau", name_zh="某局")
    kept(tmp_path, "20261124-100000", counted=11)
    kept(tmp_path, "20261125-100000")

    page = office.get(HERE).content.decode()

    shown = ("完成答卷数", "一致", "某局", "过了报送期限才办结", "现在不能这样办", "完全一致")
    assert [each for each in shown if each not in page] == []
    assert "不一致" not in page


def test_a_difference_is_named(office, tmp_path):
    kept(tmp_path, "20261124-100000", counted=11)

    assert "不一致" in office.get(HERE).content.decode()


def test_while_it_goes_on_the_page_looks_again(office, settings, tmp_path):
    kept(tmp_path, "now", at="2027-09-14T10:00+08:00")
    settings.REHEARSAL = tmp_path / "now"

    answer = office.get(HERE)

    assert answer.headers["Refresh"] == "3"
    assert "正在进行" in answer.content.decode()
