"""A spreadsheet is read as people make them: merged, with blanks, titles somewhere on top, units said in many ways."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberweek.supervision import sheet_reader
from cyberweek.supervision.sheet_reader import BadSheet, SheetRow, read
from tests.factories.sheets import HEAD, book

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
CELLS = st.one_of(st.none(), st.text(max_size=8), NUMBERS, st.booleans())


def test_a_sheet_is_read_by_its_titles_wherever_they_stand():
    data = book([["任务分工表"], [], HEAD, [1, "市教委", "办好校园日", "团市委、市妇联", "10月12日"]])

    assert read(data, year=2026) == [SheetRow(4, "办好校园日", ("市教委",), ("团市委", "市妇联"), date(2026, 10, 12))]


def test_a_merged_cell_counts_for_all_its_rows():
    data = book([HEAD, [1, None, "甲"], [2, None, "乙"], [3, "市公安局", "丙"]], merged=((1, 1, 2, 1, "市教委"),))

    assert [(row.task, row.lead) for row in read(data, year=2026)] == [
        ("甲", ("市教委",)),
        ("乙", ("市教委",)),
        ("丙", ("市公安局",)),
    ]


def test_duplicate_units_of_a_cell_are_one():
    (row,) = read(book([HEAD, [1, "市教委、市教委\n市 教 委", "甲", "市教委，团市委"]]), year=2026)

    assert (row.lead, row.support) == (("市教委",), ("团市委",))


def test_a_million_empty_rows_are_not_walked_through():
    rows = read(book([HEAD, [1, "市教委", "甲"]], last=1_048_575), year=2026)

    assert [row.task for row in rows] == ["甲"]


def test_rows_after_a_short_gap_are_read():
    rows = read(book([HEAD, [1, "市教委", "甲"], *[[]] * 40, [2, "市公安局", "乙"]]), year=2026)

    assert [(row.row, row.task) for row in rows] == [(2, "甲"), (43, "乙")]


@pytest.mark.parametrize(
    ("cell", "due", "unread"),
    [
        (datetime(2026, 9, 15), date(2026, 9, 15), ""),  # noqa: DTZ001 -- a cell has no zone
        ("2026-09-15", date(2026, 9, 15), ""),
        ("2026年9月15日前", date(2026, 9, 15), ""),
        ("9月15日", date(2026, 9, 15), ""),
        ("9.15", date(2026, 9, 15), ""),
        ("2月30日", None, "2月30日"),
        ("活动期间", None, "活动期间"),
        ("", None, ""),
    ],
)
def test_a_day_is_read_as_it_is_written_or_said_to_be_unread(cell, due, unread):
    (row,) = read(book([HEAD, [1, "市教委", "甲", "", cell]]), year=2026)

    assert (row.due, row.day_text) == (due, unread)


def test_a_sheet_that_was_exported_says_who_supports():
    titles = ["序号", "任务", "责任单位", "分工", "期限", "任务类型", "状态"]
    rows = read(
        book([titles, [1, "甲", "市教委", "牵头", "", "举办活动", ""], [1, "甲", "团市委", "配合", "", "", ""]]),
        year=2026,
    )

    assert [(row.lead, row.support, row.kind) for row in rows] == [
        (("市教委",), (), "举办活动"),
        ((), ("团市委",), ""),
    ]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not-a-sheet"),
        ("序号,任务".encode(), "not-a-sheet"),
        (b"PK\x03\x04broken", "not-a-sheet"),
        (book([["姓名", "电话"], ["李", "1"]]), "no-columns"),
        (book([HEAD]), "empty"),
        (book([HEAD, *[[no, "市教委", f"任务 {no}"] for no in range(2_100)]]), "too-many"),
        (b"\0" * (sheet_reader.MAX_BYTES + 1), "too-big"),
    ],
    ids=["nothing", "csv", "broken", "no-columns", "empty", "too-many", "too-big"],
)
def test_a_file_that_is_no_division_of_tasks_says_why(data, reason):
    with pytest.raises(BadSheet) as caught:
        read(data, year=2026)

    assert caught.value.reason == reason


def test_a_file_that_unpacks_to_more_than_memory_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(sheet_reader, "MAX_UNPACKED", 10_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000)

    with pytest.raises(BadSheet) as caught:
        read(out.getvalue(), year=2026)

    assert caught.value.reason == "too-big"


@given(st.lists(st.lists(CELLS, max_size=5), max_size=8))
def test_whatever_stands_in_the_cells_a_row_is_read_or_left(cells):
    data = book([HEAD, *cells, [9, "市教委", "末尾"]])

    rows = read(data, year=2026)

    assert rows[-1].task == "末尾"
    assert all(row.task or row.lead or row.support for row in rows)
