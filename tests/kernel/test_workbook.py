"""A table is read as it is meant, and what cannot be read is refused by name."""

from __future__ import annotations

import pytest

from cyberweek.kernel.workbook import MAX_BYTES, MAX_ROWS, NotAWorkbook, Row, TooLarge, rows
from tests.factories.workbooks import workbook

HEAD = ["单位", "登录名", "排序"]


def test_cells_are_texts_and_empty_rows_are_left_out():
    data = workbook([[], HEAD, [], [" 示例局 ", "one", 7], ["", "", ""], ["甲", "two", 7.5]])

    assert rows(data) == [
        Row(2, ("单位", "登录名", "排序")),
        Row(4, ("示例局", "one", "7")),
        Row(6, ("甲", "two", "7.5")),
    ]


def test_a_merged_cell_speaks_in_every_row_it_covers():
    data = workbook([HEAD, ["示例局", "one"], ["", "two"], ["", ""], ["", "three"]], merged=[(1, 0, 4, 0)])

    assert [each.cells[:2] for each in rows(data)[1:]] == [("示例局", "one"), ("示例局", "two"), ("示例局", "three")]


def test_a_million_empty_rows_are_nothing():
    data = workbook([HEAD, ["示例局", "one"]], painted_to=1_048_575)

    assert [each.number for each in rows(data)] == [1, 2]


def test_a_cell_in_the_far_corner_costs_only_its_own_process():
    with pytest.raises(TooLarge):
        rows(workbook([HEAD], at={(1_048_575, 16_383): "x"}))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and then nothing", b"%PDF-1.7", "单位,登录名".encode()])
def test_what_is_no_workbook_is_called_that(data):
    with pytest.raises(NotAWorkbook):
        rows(data)


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(MAX_BYTES), workbook([["一", "二"]] * (MAX_ROWS + 1))])
def test_more_than_an_office_lists_is_too_large(data):
    with pytest.raises(TooLarge):
        rows(data)
