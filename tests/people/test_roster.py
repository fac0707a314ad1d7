"""Each line of a list is judged for itself, and says why when it is not taken."""

from __future__ import annotations

from datetime import date

import pytest

from cyberweek.people.roster import Line, NoHead, judge, read
from cyberweek.people.services import close_account
from tests.factories import people
from tests.factories.units import unit
from tests.factories.workbooks import workbook

DAY = date(2026, 11, 24)


def states(*lines: Line) -> list[str]:
    return [each.state for each in judge(lines, DAY)]


def test_a_list_is_read_below_its_head_whatever_stands_above():
    data = workbook(
        [["岗位名单"], [], ["序号", "登录名", "单位", "称呼"], [1, "police-1", "示例局", "小李"], [2, "edu-1", "某委"]]
    )

    assert read(data) == [Line(4, "示例局", "police-1", "", "小李"), Line(5, "某委", "edu-1")]


def test_a_unit_that_is_merged_over_its_people_is_each_ones():
    data = workbook([["单位", "登录名"], ["示例局", "a"], ["", "b"]], merged=[(1, 0, 2, 0)])

    assert [(each.unit, each.username) for each in read(data)] == [("示例局", "a"), ("示例局", "b")]


@pytest.mark.parametrize(
    ("head", "missing"),
    [(["单位", "姓名"], ["登录名"]), (["登录名"], ["单位"]), (["甲", "乙"], ["单位", "登录名"])],
)
def test_a_list_without_its_columns_says_which(head, missing):
    with pytest.raises(NoHead) as caught:
        read(workbook([head, ["x", "y"]]))

    assert caught.value.missing == missing


def test_a_line_is_a_new_person_a_further_seat_or_nothing(house):
    bureau = unit("bureau", name_zh="示例局")
    people.staff("here", "liaison", of=bureau)

    assert states(
        Line(2, "示例局", "new"),
        Line(3, "示例局", "here"),
        Line(4, "示例局", "here", "评委"),
        Line(5, "示例局", "new", "值班"),
    ) == ["new", "same", "seat", "seat"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Line(2, "无此局", "new"), "没有叫“无此局”的单位"),
        (Line(2, "示例局", ""), "没有登录名"),
        (Line(2, "示例局", "a b"), "登录名只能用文字"),
        (Line(2, "示例局", "x" * 151), "登录名只能用文字"),
        (Line(2, "示例局", "new", "皇帝"), "没有“皇帝”这种职责"),
        (Line(2, "示例局", "new", "系统管理员"), "不能成批安排"),
        (Line(2, "示例局", "new", "audit"), "不能成批安排"),
        (Line(2, "示例局", "gone"), "这个账号已停用"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(house, line, words):
    unit("bureau", name_zh="示例局")
    close_account(people.staff("gone"), at=house.at)

    verdict = judge([line], DAY)[0]

    assert (verdict.state, words in verdict.reason) == ("bad", True)


def test_what_stands_twice_is_taken_once(house):
    unit("bureau", name_zh="示例局")

    verdicts = judge([Line(2, "示例局", "a"), Line(3, "示例局", "a"), Line(4, "示例局", "a", "评委", "别人")], DAY)

    assert [(each.state, each.reason) for each in verdicts] == [
        ("new", ""),
        ("bad", "和第 2 行重复。"),
        ("bad", "登录名和第 2 行一样，称呼却不同；一个登录名只能是一个人。"),
    ]
