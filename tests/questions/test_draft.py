"""What keeps a draft from being a question, and texts without what nobody sees."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cyberweek.questions.draft import Cited, QuestionDraft, digest_of, faults, is_code, tidy, tidy_line, wording_of

GOOD = QuestionDraft(kind="single", stem="哪个对？", options=("甲", "乙"), answer=(0,), topic="law", code="law-900")


def changed(**changes) -> QuestionDraft:
    return replace(GOOD, **changes)


def test_a_good_question_has_no_fault():
    assert faults(GOOD) == []


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"stem": ""}, ["stem"]),
        ({"stem": "问" * 2001}, ["stem"]),
        ({"kind": "essay"}, ["kind"]),
        ({"difficulty": 4}, ["difficulty"]),
        ({"options": ("甲",)}, ["options"]),
        ({"options": ("甲", "")}, ["options"]),
        ({"options": ("甲", "甲")}, ["options"]),
        ({"options": ("甲", "乙" * 501)}, ["options"]),
        ({"options": tuple("甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌")}, ["options"]),
        ({"answer": ()}, ["answer"]),
        ({"answer": (2,)}, ["answer"]),
        ({"answer": (-1,)}, ["answer"]),
        ({"answer": (1, 0), "kind": "multiple"}, ["answer"]),
        ({"answer": (0, 1)}, ["answer"]),
        ({"kind": "truth"}, ["options"]),
        ({"kind": "truth", "options": (), "answer": (2,)}, ["answer"]),
        ({"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 1)}, ["valid"]),
        ({"bases": (Cited("no-such-law", "第一条"),)}, ["bases"]),
        ({"bases": (Cited("civil-code", ""),)}, ["bases"]),
        ({"bases": (Cited("civil-code", "第一条；第二条"),)}, ["bases"]),
        ({"source": "出" * 301, "explanation": "解" * 4001}, ["explanation", "source"]),
    ],
)
def test_every_fault_names_its_field_and_a_way_out(changes, fields):
    found = faults(changed(**changes))

    assert [each.field for each in found] == fields
    assert all(each.way_out for each in found)
    assert [each.cause % each.values for each in found if "%" in each.cause % each.values] == []


def test_the_pieces_of_a_tap_question_may_repeat():
    assert faults(changed(kind="tap", options=("您好，", "您好，"), answer=(1,))) == []


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("fraud-001", True),
        ("law-3fa91c", True),
        ("12", False),
        ("题1", False),
        ("Law-1", False),
        ("a-" + "b" * 60, False),
    ],
)
def test_a_code_is_a_name_of_this_bank(text, is_one):
    assert is_code(text) is is_one


def test_unseen_signs_and_blank_ends_are_left_out():
    assert tidy(" a\u200b\tb\u202e \r\n\n\n\n c\x00\ufeff ") == "a b\n\nc"
    assert tidy_line("a\r\n b") == "a b"


@given(st.text())
def test_tidying_twice_changes_nothing(text):
    assert tidy(tidy(text)) == tidy(text)
    assert tidy_line(tidy_line(text)) == tidy_line(text)


def test_a_name_is_no_part_of_what_a_question_says():
    assert digest_of(GOOD) == digest_of(changed(code=""))
    assert digest_of(GOOD) != digest_of(changed(explanation="因为"))


def test_a_wording_is_what_is_asked_and_what_is_right():
    assert wording_of(GOOD) == wording_of(changed(explanation="因为", topic="fraud", difficulty=3))
    assert wording_of(GOOD) != wording_of(changed(answer=(1,)))
