"""However many devices are scripted, k phones win at most k prizes, and a person's odds hardly move. `-s` prints the report."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from tests.hostile.world import (
    DEVICES,
    PHONES,
    PUPILS,
    STOCK,
    Defences,
    Evening,
    Outcome,
    outcome,
    people,
    play,
    scripts,
)

ALL = Defences()
NONE = Defences(rates=False, work=False, patterns=False, phones=False, alternates=False)
WITHOUT = {name: replace(ALL, **{name: False}) for name in ("rates", "work", "patterns", "phones", "alternates")}


@pytest.fixture(scope="module")
def calm() -> Outcome:
    """The same evening without an attacker."""
    return outcome(play(people(), ALL), ALL)


@pytest.fixture(scope="module")
def evenings() -> dict[str, Evening]:
    """An evening with each way of waiting."""
    return {waits: play([*people(), *scripts(waits)], ALL) for waits in ("shortest", "reading")}


@pytest.mark.parametrize("waits", ["shortest", "reading"])
def test_twenty_phones_win_at_most_twenty_prizes(evenings, waits):
    assert outcome(evenings[waits], ALL).most <= PHONES


def test_people_keep_what_the_phones_cannot_take(evenings, calm):
    """Against scripts that wait as people do, which no pattern shows."""
    attacked = outcome(evenings["reading"], ALL)

    assert attacked.people >= STOCK - PHONES - 1
    assert attacked.odds / calm.odds >= 0.78


def test_without_the_phone_the_scripts_take_nearly_everything(evenings):
    assert outcome(evenings["reading"], WITHOUT["phones"]).scripts > 0.85 * STOCK


def test_without_the_line_behind_the_winners_most_prizes_stay_on_the_shelf(evenings):
    attacked = outcome(evenings["reading"], WITHOUT["alternates"])

    assert attacked.most <= PHONES
    assert attacked.left > 0.6 * STOCK


def test_scripts_that_take_the_shortest_way_are_all_marked_and_no_person_is(evenings, calm):
    evening = evenings["shortest"]

    assert len(evening.marked) == DEVICES
    assert outcome(evening, ALL).odds == pytest.approx(calm.odds, abs=0.01)


def test_no_person_is_marked_beside_scripts_that_wait_as_people_do(evenings):
    assert evenings["reading"].marked & {each.key for each in people()} == set()


def test_work_costs_the_attacker_and_not_the_school(evenings):
    evening = evenings["reading"]
    school = play([each for each in people() if each.key <= PUPILS], ALL)

    assert school.derivations[False] == 0
    assert evening.derivations[False] == 0
    assert evening.derivations[True] > 25_600 * 3_000


def test_the_report(evenings, calm):
    lines = [_line("no attacker", calm, calm), *_lines(evenings, calm)]

    sys.stdout.write("\n".join(["", *lines, ""]))

    assert len(lines) == 1 + 2 * (2 + len(WITHOUT))


def _lines(evenings: dict[str, Evening], calm: Outcome) -> list[str]:
    lines = []
    for waits, evening in evenings.items():
        unmarked = replace_marks(evening)
        for name, defences in {
            "all defences": ALL,
            **{f"without {each}": d for each, d in WITHOUT.items()},
            "none": NONE,
        }.items():
            seen = outcome(evening if defences.patterns else unmarked, defences)
            lines.append(_line(f"{waits}: {name}", seen, calm))
    return lines


def replace_marks(evening: Evening) -> Evening:
    return replace(evening, marked=set())


def _line(name: str, seen: Outcome, calm: Outcome) -> str:
    change = (seen.odds / calm.odds - 1) * 100
    return (
        f"{name:30} scripts {seen.scripts:5.1f} (most {seen.most:3})  people {seen.people:5.1f}  left {seen.left:5.1f}"
        f"  a person's odds {seen.odds:6.1%} ({change:+.0f} %)"
    )
