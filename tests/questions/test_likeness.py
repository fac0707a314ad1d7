"""Questions that say nearly the same are found, all of them, and quickly enough for a city's bank."""

from __future__ import annotations

import time
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from cyberweek.kernel.dice import Dice
from cyberweek.questions.likeness import LEAST, Likenesses, Pair, likeness, signs_of
from cyberweek.questions.services import BANK, bundled

sets = st.frozensets(st.sampled_from("abcdefghij"), max_size=8)


@given(
    st.dictionaries(st.text("xyz", min_size=1, max_size=3), sets, max_size=8), st.sampled_from([0.2, LEAST, 0.5, 0.9])
)
def test_no_pair_is_missed_and_none_is_invented(signs, least):
    found = Likenesses(signs, least).pairs()

    every = [Pair(one, other, likeness(signs[one], signs[other])) for one, other in combinations(sorted(signs), 2)]
    assert sorted(found) == sorted(each for each in every if each.likeness >= least)


def test_a_question_told_anew_is_found():
    told = signs_of(
        "小林在群里看到“点赞一条 3 元，当天结算”。做了三单都到账后，“派单员”说先垫 500 元。怎么做？",
        ["只垫这一次", "一分不垫，退群并举报"],
    )
    anew = signs_of(
        "小王在群里看见“点赞一条 5 元，当天结算”，做了几单都到账，“派单员”让他垫 800 元。怎么办？",
        ["一分不垫，退群并举报", "再垫这一次"],
    )

    assert round(likeness(told, anew), 2) == 0.49


def test_the_order_of_options_and_the_width_of_letters_do_not_matter():
    assert signs_of("Wi-Fi 密码？", ["甲乙", "丙丁"]) == signs_of("ｗｉｆｉ密码", ["丙丁", "甲乙"])


def test_the_bundled_bank_has_no_two_questions_alike():
    signs = {each.code: signs_of(each.stem, each.options) for each in bundled(BANK)}

    assert len(signs) == 162
    assert Likenesses(signs).pairs() == []
    assert Likenesses(signs, 0.2).pairs() == []


def test_five_thousand_questions_are_compared_in_seconds():
    dice, letters = Dice("likeness"), [chr(0x4E00 + place) for place in range(1_500)]
    texts = ["".join(letters[dice.below(1_500)] for _ in range(60)) for _ in range(4_999)]
    signs = {
        f"q-{number:04}": signs_of(f"下列关于网络安全的说法正确的是{text}", ()) for number, text in enumerate(texts)
    }
    signs["twin"] = signs_of(f"下列关于网络安全的说法，正确的是：{texts[7]}", ())

    began = time.monotonic()
    found = Likenesses(signs).pairs()

    assert [(each.one, each.other) for each in found] == [("q-0007", "twin")]
    assert time.monotonic() - began < 10
