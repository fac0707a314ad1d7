"""Every format gives back what it was given, whatever stands in it."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from cyberweek.questions.draft import QuestionDraft
from cyberweek.questions.formats.outcome import Found
from cyberweek.questions.formats.registry import BY_NAME, FORMATS, recognised
from tests.questions.banks import banks

WHOLE = [each for each in FORMATS if each.name != "aiken"]


@pytest.mark.parametrize("each", WHOLE, ids=lambda each: each.name)
@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(bank=banks)
def test_export_then_import_gives_the_same_bank(each, bank: list[QuestionDraft]):
    data = each.write(bank)

    outcomes = list(each.read(data))

    assert [outcome.draft for outcome in outcomes if isinstance(outcome, Found)] == bank
    assert len(outcomes) == len(bank)
    assert recognised(data, f"bank.{each.extension}") == each


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(bank=banks)
def test_aiken_gives_back_what_it_can_hold(bank: list[QuestionDraft]):
    aiken = BY_NAME["aiken"]
    held = [each for each in bank if aiken.can_carry(each)]

    found = list(aiken.read(aiken.write(bank)))

    assert [(each.draft.stem, each.draft.options, each.draft.answer) for each in found] == [
        (each.stem, each.options, each.answer) for each in held
    ]
