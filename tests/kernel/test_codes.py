"""Codes that people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberweek.kernel.codes import LETTERS, NoCode, mint_code, read_code, say_code
from cyberweek.kernel.dice import Dice

CODES = st.text(alphabet=LETTERS, min_size=8, max_size=8)


def test_no_letter_looks_like_another():
    assert set("01OIL") & set(LETTERS) == set()
    assert (len(LETTERS), len(set(LETTERS))) == (31, 31)


@given(seed=st.integers())
def test_what_is_minted_can_be_read(seed):
    code = mint_code(Dice(seed).below)

    assert read_code(code) == code


@given(code=CODES)
def test_what_is_said_can_be_typed_back(code):
    assert read_code(say_code(code)) == code
    assert read_code(f"  {say_code(code).lower()} ") == code


@pytest.mark.parametrize("typed", ["ABCD–EFGH", "ＡＢＣＤ－ＥＦＧＨ", "abcd efgh", "a b c d e f g h", "ABCD—EFGH"])
def test_typing_is_forgiven(typed):
    assert read_code(typed) == "ABCDEFGH"


@pytest.mark.parametrize(
    "typed", ["", "ABCDEFG", "ABCDEFGHJ", "ABCDEFG0", "ABCDEFGI", "ABCDEFG!", "重庆重庆重庆重庆", "\0" * 8]
)
def test_what_can_be_no_code_is_none(typed):
    with pytest.raises(NoCode):
        read_code(typed)
