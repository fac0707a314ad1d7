"""The rules of a match: windows, refusals, the clash, and what a side may know when."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.balance import widest
from cyberweek.activities.duel.clash import MOST_POINTS, SHIELD, Clash, Hit, Split, fight, is_possible
from cyberweek.activities.duel.facts import MatchEnded, MatchResumed, MatchVoided, WindowClosed
from cyberweek.activities.duel.match import Phase, record_digest, sealed
from cyberweek.activities.duel.moves import Answer, Lock
from cyberweek.activities.duel.rules import GRACE_MS, RULES, VOID_MS
from cyberweek.activities.duel.telling import Armed, Asked, Finished, Locked, Revealed
from cyberweek.component.matches import SIDES, Wish, replay_match
from cyberweek.component.rules import Refused
from cyberweek.kernel.dice import Dice
from tests.activities.duel.example import item, next_command, snapshot

AT = 1_795_000_000_000
FULL = (SHIELD, SHIELD)
SPLITS = st.builds(
    Split, st.integers(0, 5), st.integers(0, MOST_POINTS), st.sets(st.integers(0, 5), max_size=3).map(tuple)
)


class Table:
    """A match that is played by hand."""

    def __init__(self, seed: int = 1, **wish) -> None:
        self.snapshot, self.done, self.dice = snapshot(), [], Dice("table", seed)
        self.record([RULES.begin(Wish(**wish), seed), RULES.sit(0, ""), RULES.sit(1, "")], AT)

    @property
    def match(self):
        return replay_match(RULES, self.snapshot, 1, self.done)[0]

    def told(self, side: int) -> list:
        return replay_match(RULES, self.snapshot, 1, self.done)[1][side]

    def record(self, facts, at: int) -> None:
        self.done += [(fact, at) for fact in facts]

    def do(self, side: int, command, after: int = 1_000):
        at = self.match.opens_at + after
        facts = RULES.decide(self.snapshot, self.match, side, command, at, self.dice)
        if not isinstance(facts, Refused):
            self.record(facts, at)
        return facts

    def close(self) -> None:
        at = RULES.due(self.match)
        self.record(RULES.close(self.snapshot, self.match, at, self.dice), at)

    def answer(self, *right: bool) -> None:
        for side, each in enumerate(right):
            self.do(side, next_command(self.match, side, right=each))


def test_an_open_point_does_two_the_next_card_halves_it_and_the_counter_strikes_back():
    assert fight(FULL, (Split(0, 2), Split()), None) == Clash((Hit(0, 2, 4, 0), Hit(0, 0, 0, 0)), (20, 16))
    assert fight(FULL, (Split(0, 2), Split(cards=(1,))), None).shields == (20, 18)
    assert fight(FULL, (Split(0, 2), Split(cards=(0,))), None) == Clash((Hit(0, 2, 0, 2), Hit(0, 0, 0, 0)), (18, 20))


def test_a_bulletin_adds_one_to_a_point_that_gets_through():
    assert fight(FULL, (Split(4, 2), Split()), 4).shields == (20, 14)
    assert fight(FULL, (Split(4, 2), Split(cards=(4,))), 4).shields == (18, 20)


def test_a_call_for_help_cancels_points_and_heals():
    assert fight((10, 20), (Split(rescue=True), Split(2, 2)), None).shields == (15, 20)


@given(SPLITS, SPLITS, st.integers(0, 5) | st.none())
def test_a_clash_is_the_same_seen_from_the_other_side(first, second, advised):
    there, back = fight(FULL, (first, second), advised), fight(FULL, (second, first), advised)

    assert (there.shields, there.hits) == (back.shields[::-1], back.hits[::-1])


def test_at_equal_energy_no_number_of_attack_points_is_better_and_elsewhere_the_gain_is_bounded():
    assert [widest(3), widest(1), widest(3, 0), widest(1, 0)] == [0, Fraction(4, 3), Fraction(1, 6), Fraction(53, 36)]


@pytest.mark.parametrize(
    "split", [Split(6, 1), Split(0, 3), Split(0, -1), Split(0, 2, (1, 2)), Split(cards=(1, 1)), Split(cards=(6,))]
)
def test_a_split_that_the_energy_or_the_ring_does_not_have_is_impossible(split):
    assert not is_possible(split, 3)


def test_a_right_answer_gives_three_and_a_wrong_one_gives_one():
    table = Table()

    table.answer(True, False)

    assert [player.energy for player in table.match.players] == [3, 1]


def test_nobody_hears_of_an_answer_before_both_are_locked():
    table = Table()
    table.do(0, next_command(table.match, 0))

    heard = [each.what for each in table.told(1)][2:]

    assert heard == [Locked(0, Phase.INTEL, mine=False)]


def test_a_question_may_not_leave_before_its_window_opens():
    table = Table()

    (asked,) = [each for each in table.told(0) if isinstance(each.what, Asked)]

    assert asked.since == asked.what.opens == table.match.opens_at


def test_options_come_in_an_order_of_each_side_s_own():
    orders = {Table(seed).match.orders[0] for seed in range(20)}

    assert any(first != second for first, second in orders)


def test_the_other_s_split_is_sealed_until_the_reveal_and_then_fits_its_seal():
    table = Table()
    table.answer(True, True)
    split = Split(2, 1, (3, 5))
    table.do(0, Lock(0, split.attack, split.points, split.cards))
    (seal,) = [each.what for each in table.told(1) if isinstance(each.what, Locked) and each.what.phase == Phase.SPLIT]
    table.do(1, Lock(0))

    (revealed,) = [each.what for each in table.told(1) if isinstance(each.what, Revealed)]

    assert (seal.split, seal.choice) == (None, -1)
    assert seal.seal == sealed(revealed.splits[1], revealed.salt)
    assert revealed.splits[1] == split


def test_who_is_away_was_wrong_and_defends_with_all_there_is():
    table = Table()

    table.close()
    table.close()

    (closed,) = [fact for fact, _at in table.done if isinstance(fact, WindowClosed) and fact.phase == Phase.SPLIT]
    assert [(split.points, len(split.cards)) for split in closed.splits] == [(0, 1), (0, 1)]
    assert table.match.shields == FULL


def test_a_match_of_two_who_are_away_is_tied():
    table = Table()
    while not RULES.is_over(table.match):
        table.close()

    (ended,) = [fact for fact, _at in table.done if isinstance(fact, MatchEnded)]

    assert ended == MatchEnded(-1, FULL, (0, 0), 6, record_digest(table.match))


def test_equal_shields_are_decided_by_right_answers():
    table = Table()
    while not RULES.is_over(table.match):
        table.answer(False, True)
        table.close()

    (end,) = [each.what for each in table.told(1) if isinstance(each.what, Finished)]

    assert (end.result, end.shields, end.right, end.missed) == ("won", (20, 20), (6, 0), ())


def test_a_tutorial_has_three_calm_rounds():
    match = Table(way="tutorial").match

    assert (match.rounds, match.calm, match.closes_at - match.opens_at) == (3, True, 20_000)


def test_help_is_for_who_trails_by_six_and_once():
    table = Table()
    while not table.match.may_rescue(0):
        table.answer(True, True)
        table.do(1, Lock(table.match.round, 0, 2, (1,)))
        table.do(0, Lock(table.match.round))
    table.answer(True, True)
    round_ = table.match.round
    assert table.do(1, Lock(round_, rescue=True)) == Refused("no-rescue")

    table.do(0, Lock(round_, rescue=True))
    table.do(1, Lock(round_))

    assert (table.match.players[0].rescued, table.match.may_rescue(0)) == (True, False)


@pytest.mark.parametrize(
    ("command", "after", "reason"),
    [
        (Answer(0, 0), -1, "not-yet"),
        (Answer(1, 0), 1_000, "not-yet"),
        (Lock(0), 1_000, "not-yet"),
        (Answer(-1, 0), 1_000, "too-late"),
        (Answer(0, 0), 10_001, "too-late"),
        (Answer(0, 4), 1_000, "impossible-choice"),
        (Answer(0, -1), 1_000, "impossible-choice"),
    ],
)
def test_an_untimely_or_impossible_move_is_refused_with_a_reason(command, after, reason):
    table = Table()
    before = list(table.done)

    assert table.do(0, command, after) == Refused(reason)
    assert table.done == before


def test_nobody_answers_or_splits_twice():
    table = Table()
    command = next_command(table.match, 0)
    table.do(0, command)
    assert table.do(0, command) == Refused("already-answered")

    table.do(1, next_command(table.match, 1))
    table.do(0, Lock(0))

    assert [table.do(0, Lock(0)), table.do(0, command)] == [Refused("already-answered"), Refused("too-late")]


def test_faster_than_a_person_reads_is_refused():
    table = Table()
    table.snapshot = snapshot(least_ms=600)

    assert table.do(0, Answer(0, 0), 599) == Refused("too-fast")


def test_after_a_standstill_the_window_opens_anew_and_after_a_minute_the_match_is_void():
    table = Table()
    late = table.match.closes_at + VOID_MS

    assert RULES.resume(table.snapshot, table.match, late) == (MatchResumed(0, Phase.INTEL),)
    assert RULES.resume(table.snapshot, table.match, late + 1) == (MatchVoided(0),)
    table.record([MatchResumed(0, Phase.INTEL)], late)
    assert table.match.opens_at > late
    assert RULES.due(table.match) == table.match.closes_at + GRACE_MS


@given(st.integers(0, 2**40), st.lists(st.tuples(st.booleans(), SPLITS), min_size=12, max_size=12))
def test_every_match_ends_and_replays_to_the_same_digest(seed, moves):
    table = Table(seed)
    for right, split in moves:
        for side in SIDES:
            if not RULES.is_over(table.match) and table.match.phase == Phase.INTEL:
                table.do(side, next_command(table.match, side, right=right))
        for side in SIDES:
            if not RULES.is_over(table.match) and table.match.phase == Phase.SPLIT:
                table.do(side, Lock(table.match.round, split.attack, split.points, split.cards))
        if not RULES.is_over(table.match) and table.match.phase == Phase.SPLIT:
            table.close()
    while not RULES.is_over(table.match):
        table.close()

    digests = {each.what.digest for side in SIDES for each in table.told(side) if isinstance(each.what, Finished)}
    assert digests == {record_digest(table.match)}


def test_both_sides_are_told_when_they_are_armed():
    table = Table()
    table.answer(True, False)

    armed = [[each.what for each in table.told(side) if isinstance(each.what, Armed)] for side in SIDES]

    assert [(each.right, each.energy) for (each,) in armed] == [(True, 3), (False, 1)]
    assert item(0).choices == 4
