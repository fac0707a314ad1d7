"""Proof of work: solved as the island solves it, taken once, and by whom it was made for."""

from __future__ import annotations

import base64
import json

import altcha
import pytest

from cyberweek.lane.work import LIVES_S, ROUNDS, BadWork, Work

AT = 1_795_600_000_000


def solved(challenge: dict, counter: int | None = None) -> str:
    found = altcha.solve_challenge(altcha.Challenge.from_dict(challenge))
    solution = {"counter": found.counter if counter is None else counter, "derivedKey": found.derived_key}
    return base64.b64encode(json.dumps({"challenge": challenge, "solution": solution}).encode()).decode()


def test_a_solution_is_taken_once():
    work = Work("secret")
    solution = solved(work.challenge(7, 1, AT))

    work.require(solution, 7, 1, AT + 1_000)

    with pytest.raises(BadWork, match="wrong or spent"):
        work.require(solution, 7, 1, AT + 2_000)


def test_more_work_than_is_wanted_is_enough():
    work = Work("secret")

    work.require(solved(work.challenge(7, 2, AT)), 7, 1, AT)


@pytest.mark.parametrize(
    ("participant", "level", "later_ms", "words"),
    [
        (8, 1, 0, "made for somebody else, or too little"),
        (7, 2, 0, "made for somebody else, or too little"),
        (7, 1, LIVES_S * 1000 + 1_000, "old"),
    ],
    ids=["another's", "too little", "old"],
)
def test_a_solution_is_good_for_its_participant_its_level_and_its_time(participant, level, later_ms, words):
    work = Work("secret")
    solution = solved(work.challenge(7, 1, AT))

    with pytest.raises(BadWork, match=words):
        work.require(solution, participant, level, AT + later_ms)


def test_what_was_not_made_here_is_refused():
    with pytest.raises(BadWork, match="wrong or spent"):
        Work("secret").require(solved(Work("another").challenge(7, 1, AT)), 7, 1, AT)


def test_easier_work_than_was_asked_for_is_refused():
    work = Work("secret")
    challenge = work.challenge(7, 3, AT)
    challenge["parameters"]["cost"] = ROUNDS[1]

    with pytest.raises(BadWork, match="wrong or spent"):
        work.require(solved(challenge), 7, 3, AT)


@pytest.mark.parametrize("data", [None, {}, {"participant": "7", "level": "1", "until": "soon"}, {"level": []}, 7, "x"])
def test_data_that_was_not_signed_here_is_never_looked_into(data):
    challenge = Work("secret").challenge(7, 1, AT)
    forged = solved(challenge)
    body = json.loads(base64.b64decode(forged))
    body["challenge"]["parameters"]["data"] = data

    with pytest.raises(BadWork):
        Work("secret").require(base64.b64encode(json.dumps(body).encode()).decode(), 7, 1, AT)


@pytest.mark.parametrize("years", [-30, 30])
def test_the_houses_clock_counts_and_not_the_machines(years):
    at = AT + years * 365 * 24 * 3_600_000
    work = Work("secret")

    work.require(solved(work.challenge(7, 1, at)), 7, 1, at + 1_000)


@pytest.mark.parametrize("solution", ["", "x", "e30=", "bnVsbA==", "W10=", base64.b64encode(b"[" * 9_000).decode()])
def test_nonsense_is_refused(solution):
    with pytest.raises(BadWork):
        Work("secret").require(solution, 7, 1, AT)
