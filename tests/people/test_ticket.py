"""Signed tokens: tickets, admissions, attempts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cyberweek.people.ticket import Admission, Attempt, Forged, Signer, Ticket

KEYS, MODES = st.integers(0, 2**63 - 1), st.integers(0, 255)
SIGNER = Signer("only for tests")


@given(activity=KEYS, release=KEYS, participant=KEYS, stream=KEYS, mode=MODES, group=KEYS)
def test_an_attempt_survives_its_token(activity, release, participant, stream, mode, group):
    attempt = Attempt(activity, release, participant, stream, mode, group)

    assert SIGNER.read_attempt(SIGNER.attempt(attempt)) == attempt


@given(activity=KEYS, group=KEYS, mode=MODES, until=KEYS)
def test_an_admission_survives_its_token(activity, group, mode, until):
    admission = Admission(activity, group, mode, until)

    assert SIGNER.read_admission(SIGNER.admission(admission)) == admission


def test_tokens_without_a_group_are_what_they_were():
    assert len(SIGNER.attempt(Attempt(1, 2, 3, 4, 1))) == 67


TOKENS = {
    "ticket": (SIGNER.ticket(Ticket(5, 6)), SIGNER.read_ticket),
    "admission": (SIGNER.admission(Admission(1, 2, 2, 3)), SIGNER.read_admission),
    "attempt": (SIGNER.attempt(Attempt(1, 2, 3, 4)), SIGNER.read_attempt),
    "group's attempt": (SIGNER.attempt(Attempt(1, 2, 3, 4, 2, 5)), SIGNER.read_attempt),
}


@pytest.mark.parametrize("kind", TOKENS)
@pytest.mark.parametrize("reader", TOKENS)
def test_no_token_is_taken_for_another_kind(kind, reader):
    token, read = TOKENS[kind][0], TOKENS[reader][1]
    if read == TOKENS[kind][1]:
        return

    with pytest.raises(Forged):
        read(token)


@pytest.mark.parametrize("kind", TOKENS)
@given(place=st.integers(0, 200), letter=st.sampled_from("ABxyz019-_"))
def test_a_changed_letter_is_found(kind, place, letter):
    token, read = TOKENS[kind]
    at = place % (len(token) - 1)
    changed = token[:at] + letter + token[at + 1 :]

    if changed != token:
        with pytest.raises(Forged):
            read(changed)
        with pytest.raises(Forged):
            Signer("another key").read_attempt(token)
