"""The steps that residents see, in every phase."""

from __future__ import annotations

import pytest

from cyberweek.prizes.public.timeline import placed, steps
from cyberweek.prizes.sheet import Instant
from tests.prizes.examples import prize, sheet

NAMES = ["rules", "chances", "list", "sources", "draw", "claims", "erasure"]


@pytest.mark.parametrize(
    ("phase", "standings"),
    [
        ("coming", "done next ahead ahead ahead ahead ahead"),
        ("earning", "done running ahead ahead ahead ahead ahead"),
        ("closed", "done done next ahead ahead ahead ahead"),
        ("listed", "done done done next ahead ahead ahead"),
        ("drawn", "done done done done done next ahead"),
        ("claiming", "done done done done done running ahead"),
        ("over", "done done done done done done next"),
    ],
)
def test_each_phase_has_one_step_that_runs_or_comes_next(now_in, phase, standings):
    from cyberweek.kernel.clock import system_clock
    from cyberweek.prizes import queries

    made = now_in(phase, chances=3)
    draw, rules = made.draw, made.sheet
    confirmed = queries.is_confirmed(queries.sources_of(draw, rules))
    found = steps(draw, rules, queries.phase(draw, rules, system_clock()), confirmed=confirmed)

    assert [each.key for each in found] == NAMES
    assert [each.standing for each in found] == standings.split()


def test_prizes_stand_at_their_ranks():
    made = sheet(prizes=(prize("a", 1), prize("b", 3)), instant=Instant(prize("c", 9), 20, {}))

    assert [(each.prize.code, each.first, each.last) for each in placed(made)] == [
        ("a", 1, 1),
        ("b", 2, 4),
        ("c", 0, 0),
    ]
