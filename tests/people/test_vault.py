"""What is known of a person is sealed, bound to its row, and found again without being opened."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberweek.people.vault import CannotOpen, Suite, Vault

SUITES = pytest.mark.parametrize("suite", list(Suite))


def vault(suite: Suite = Suite.AES, master: str = "only for tests") -> Vault:
    return Vault(master, os.urandom, suite)


@SUITES
@given(text=st.text(max_size=60), about=st.text(max_size=20))
def test_what_is_sealed_opens_again(suite, text, about):
    sealed = vault(suite).seal(text, about=about)

    assert vault(suite).open(sealed, about=about) == text
    assert text.encode() not in sealed or len(text) < 3


@SUITES
@given(place=st.integers(0, 200), change=st.integers(1, 255))
def test_a_changed_byte_is_found(suite, place, change):
    sealed = vault(suite).seal("000-0000-0001", about="claim.phone:1")
    at = place % len(sealed)

    with pytest.raises(CannotOpen):
        vault(suite).open(sealed[:at] + bytes([sealed[at] ^ change]) + sealed[at + 1 :], about="claim.phone:1")


@SUITES
def test_another_row_another_key_and_rubbish_open_nothing(suite):
    sealed = vault(suite).seal("000-0000-0001", about="claim.phone:1")

    for other, data, about in (
        (vault(suite), sealed, "claim.phone:2"),
        (vault(suite, "another key"), sealed, "claim.phone:1"),
        (vault(suite), b"", "claim.phone:1"),
        (vault(suite), b"\x01\x01", "claim.phone:1"),
        (vault(suite), b"\x01\x09" + sealed[2:], "claim.phone:1"),
    ):
        with pytest.raises(CannotOpen):
            other.open(data, about=about)


def test_either_cipher_opens_what_the_other_setting_sealed():
    sealed = {suite: vault(suite).seal("x", about="a") for suite in Suite}

    assert [vault(one).open(sealed[other], about="a") for one in Suite for other in Suite] == ["x"] * 4


def test_the_same_text_is_sealed_differently_and_marked_alike():
    one = vault()

    assert one.seal("x", about="a") != one.seal("x", about="a")
    assert one.mark("x", kind="phone") == vault(Suite.SM4).mark("x", kind="phone")
    assert len({one.mark("x", kind="phone"), one.mark("y", kind="phone"), one.mark("x", kind="mail"),
                vault(master="another").mark("x", kind="phone")}) == 4  # fmt: skip
