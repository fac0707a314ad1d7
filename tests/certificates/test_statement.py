"""A certificate stands by itself: what is genuine is read, what was changed in any way is found."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberweek.certificates.statement import FORMAT, NotGenuine, Statement, key_from, public_text, read, sign

KEY = key_from("only for tests")
PUBLIC = KEY.public_key()
MADE = Statement(FORMAT, "week", "quiz", "0f" * 32, 9, 10, date(2026, 11, 24), "00112233445566778899aabb")
TEXT = (  # the same as in frontend/islands/certificates/verify/check.test.ts
    "WyJjeWJlcndlZWstY2VydGlmaWNhdGUtMSIsIndlZWsiLCJxdWl6IiwiMGYwZjBmMGYwZjBmMGYwZjBmMGYwZjBmMGYwZjBmMGYwZjBmMGYwZjBmMGY"
    "wZjBmMGYwZjBmMGYwZjBmMGYwZiIsOSwxMCwiMjAyNi0xMS0yNCIsIjAwMTEyMjMzNDQ1NTY2Nzc4ODk5YWFiYiJd"
    ".o5WOTD90aWn8q5SycgHshPSjz87fU9GGWZ0vjAvh9WNwOzzCJchoAT0nrh4zQz32XZT3FaVA9KbEmtVPzGTDCQ"
)


def test_a_text_is_what_the_browser_checks():
    assert sign(MADE, KEY) == TEXT
    assert public_text(KEY) == "3znlC5mNC3hUSo_T_6jSyuklPHcWT0-ihQSeCWCL5Yc"


def test_a_genuine_text_says_what_it_states():
    assert read(f" {TEXT}\n", PUBLIC) == MADE


@given(right=st.integers(0, 10), day=st.dates(), number=st.text(max_size=30), campaign=st.text(max_size=30))
def test_every_statement_survives_its_text(right, day, number, campaign):
    made = Statement(FORMAT, campaign, "quiz", "ab" * 32, right, 10, day, number)

    assert read(sign(made, KEY), PUBLIC) == made


@given(place=st.integers(0, len(TEXT) - 1), letter=st.sampled_from("ABCxyz0189-_.="))
def test_a_changed_letter_is_found(place, letter):
    changed = TEXT[:place] + letter + TEXT[place + 1 :]

    if changed != TEXT:
        with pytest.raises(NotGenuine):
            read(changed, PUBLIC)


@pytest.mark.parametrize(
    "change",
    [{"right": 10}, {"of": 9}, {"day": date(2026, 11, 25)}, {"campaign": "other"}, {"activity": "other"},
     {"release": "0e" * 32}, {"number": "00112233445566778899aabc"}],
)  # fmt: skip
def test_an_edited_statement_under_the_old_signature_is_found(change):
    payload = msgspec.json.encode(msgspec.structs.replace(MADE, **change))
    forged = urlsafe_b64encode(payload).rstrip(b"=").decode() + "." + TEXT.split(".")[1]

    with pytest.raises(NotGenuine):
        read(forged, PUBLIC)


NO_TEXTS = ["", ".", "a.b.c", TEXT.split(".", maxsplit=1)[0], f"{TEXT}.AA", "%%%.%%%", "证书.签名", "A" * 5_000]


@pytest.mark.parametrize("forged", NO_TEXTS)
def test_what_is_no_text_is_found(forged):
    with pytest.raises(NotGenuine):
        read(forged, PUBLIC)


def test_another_key_signed_another_certificate():
    with pytest.raises(NotGenuine):
        read(sign(MADE, key_from("another installation")), PUBLIC)


def test_another_format_is_no_certificate_of_this_kind():
    other = msgspec.structs.replace(MADE, format="cyberweek-certificate-2")

    with pytest.raises(NotGenuine):
        read(sign(other, KEY), PUBLIC)


def test_a_signature_over_something_else_is_none():
    """What this key may sign elsewhere, without the context, never becomes a certificate."""
    payload = urlsafe_b64decode(TEXT.split(".", maxsplit=1)[0] + "==")
    loose = urlsafe_b64encode(KEY.sign(payload)).rstrip(b"=").decode()

    with pytest.raises(NotGenuine):
        read(f"{TEXT.split('.', maxsplit=1)[0]}.{loose}", PUBLIC)
