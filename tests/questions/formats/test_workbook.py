"""Workbooks as Excel and WPS leave them: titles above the header, merged cells, several sheets, and cells that betray."""

from __future__ import annotations

import io
from datetime import date

import pytest
import xlsxwriter

from cyberweek.questions.draft import QuestionDraft
from cyberweek.questions.formats import workbook
from cyberweek.questions.formats.outcome import Found, Outcome, Place, Remark, Unreadable

HEAD = ["题型", "题干", "选项A", "选项B", "选项C", "正确答案"]


def book(fill, *names: str) -> bytes:
    """A workbook whose sheets `fill` writes."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(made, *(made.add_worksheet(name) for name in names or ("Sheet1",)))
    made.close()
    return out.getvalue()


def simple(*rows: list[object]) -> bytes:
    def fill(_made, sheet) -> None:
        for line, row in enumerate(rows):
            sheet.write_row(line, 0, row)

    return book(fill)


def causes(outcomes: list[Outcome]) -> list[str]:
    return [each.fault.cause % each.fault.values for each in outcomes if not isinstance(each, Found)]


def test_titles_merged_kinds_and_numbers_are_read():
    def fill(made, sheet) -> None:
        sheet.merge_range("A1:F1", "某市网络安全知识题库", made.add_format())
        sheet.write("A2", "填写说明：请勿修改表头")
        sheet.write_row("A3", ["题型*", "题干\n（必填）", "选项Ａ", "选项Ｂ", "选项C", "正确答案"])
        sheet.merge_range("A4:A5", "单选题", made.add_format())
        sheet.write_row("B4", ["反诈专线是？", 96110, 10086, 110, "Ａ"])
        sheet.write_row("B5", ["报警电话是？", 110, 120, 119, "a"])
        sheet.write_row("A6", ["判断题", "密码可以共用。", "", "", "", "×"])

    found = list(workbook.read(book(fill)))

    at = [Place(number, "row", "Sheet1") for number in (4, 5, 6)]
    assert found == [
        Found(at[0], QuestionDraft(kind="single", stem="反诈专线是？", options=("96110", "10086", "110"), answer=(0,))),
        Found(at[1], QuestionDraft(kind="single", stem="报警电话是？", options=("110", "120", "119"), answer=(0,))),
        Found(at[2], QuestionDraft(kind="truth", stem="密码可以共用。", answer=(1,))),
    ]


def test_each_sheet_names_the_kind_of_its_questions():
    def fill(_made, notes, single, several, hidden) -> None:
        notes.write("A1", "本题库供内部使用")
        for sheet in (single, several, hidden):
            sheet.write_row("A1", ["题目", "A", "B", "C", "答案"])
        single.write_row("A2", ["一", "甲", "乙", "丙", "B"])
        several.write_row("A2", ["二", "甲", "乙", "丙", "B"])
        hidden.write_row("A2", ["三", "甲", "乙", "丙", "B"])
        hidden.hide()

    found = list(workbook.read(book(fill, "说明", "单选题", "多选（每题2分）", "旧题")))

    assert [(each.at.sheet, each.draft.kind) for each in found if isinstance(each, Found)] == [
        ("单选题", "single"),
        ("多选（每题2分）", "multiple"),
    ]
    assert [each.at.sheet for each in found if isinstance(each, Remark)] == ["说明", "旧题"]


def test_a_formula_is_refused_by_its_cell():
    def fill(_made, sheet) -> None:
        sheet.write_row("A1", HEAD)
        sheet.write_row("A2", ["单选题", "哪个对？", "甲", "乙", "丙"])
        sheet.write_formula("F2", "=CHAR(65)", None, "A")
        sheet.write_row("A3", ["单选题", "哪个对？", "=甲", "+乙", "-丙", "A"])
        sheet.write_string("C3", "=甲")

    found = list(workbook.read(book(fill)))

    assert causes(found) == ["F2 格是公式"]
    assert [each.draft.options for each in found if isinstance(each, Found)] == [("=甲", "+乙", "-丙")]


def test_a_date_where_text_belongs_is_refused_and_one_where_days_belong_is_taken():
    def fill(made, sheet) -> None:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row("A1", [*HEAD, "起始日期"])
        sheet.write_row("A2", ["单选题", "宣传周从哪天起？", "", "乙", "丙", "B"])
        sheet.write_datetime("C2", date(2026, 9, 14), day)
        sheet.write_row("A3", ["单选题", "宣传周从哪天起？", "九月", "十月", "冬月", "A"])
        sheet.write_datetime("G3", date(2026, 1, 1), day)

    found = list(workbook.read(book(fill)))

    assert causes(found) == ["表格软件把这一格变成了日期或时间 2026-09-14"]
    assert [each.draft.valid_from for each in found if isinstance(each, Found)] == [date(2026, 1, 1)]


@pytest.mark.parametrize(
    ("said", "answer"),
    [("AB", (0, 1)), ("A、B", (0, 1)), ("a,b", (0, 1)), ("Ａ；Ｂ", (0, 1)), ("①②", (0, 1)),
     ("1,2", (0, 1)), ("甲;乙", (0, 1)), ("A.甲", (0,)), ("丙", (2,)), (3, (2,))],
)  # fmt: skip
def test_answers_are_understood_as_people_write_them(said, answer):
    found = list(workbook.read(simple(HEAD, ["", "哪些对？", "甲", "乙", "丙", said])))

    assert [each.draft.answer for each in found] == [answer]


@pytest.mark.parametrize(
    ("said", "place"),
    [("对", 0), ("错", 1), ("√", 0), ("×", 1), ("正确", 0), ("错误", 1), ("T", 0), ("false", 1),
     (True, 0), (False, 1), (1, 0), (0, 1), ("A", 0), ("是", 0), ("否", 1)],
)  # fmt: skip
def test_truths_are_understood_as_people_write_them(said, place):
    found = list(workbook.read(simple(HEAD, ["判断题", "密码要长。", "", "", "", said])))

    assert [each.draft.answer for each in found] == [(place,)]


def test_a_number_that_has_lost_digits_is_refused():
    found = list(workbook.read(simple(HEAD, ["单选题", "哪个卡号？", 6222021234567890123, "乙", "丙", "A"])))

    assert causes(found) == ["长数字超过 15 位，后面的数字已经丢了"]


def test_a_gap_between_options_is_refused():
    found = list(workbook.read(simple(HEAD, ["单选题", "哪个对？", "甲", "", "丙", "C"])))

    assert causes(found) == ["选项 B 是空的"]


def test_a_book_without_a_header_row_is_refused_whole():
    with pytest.raises(Unreadable) as error:
        list(workbook.read(simple(["甲", "乙"], ["丙", "丁"])))

    assert error.value.fault.cause == "没有找到表头"
