"""A wait counts down in whole seconds, and only as it was signed here."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from cyberweek.activities.quiz.public.waiting import Waiting, waiting
from cyberweek.kernel.clock import to_ms
from cyberweek.people.ticket import Signer, Wait

AT = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.mark.parametrize(("later", "seconds"), [(0, 5), (0.2, 5), (4.2, 1), (5, 0), (900, 0)])
def test_the_seconds_left_are_rounded_up(later, seconds):
    token = Signer(settings.TICKET_KEY).wait(Wait(7, to_ms(AT) + 5_000))

    assert waiting(token, AT + timedelta(seconds=later)) == Waiting(token, seconds)


@pytest.mark.parametrize("token", ["", "x", "A" * 60])
def test_what_was_not_signed_here_is_no_wait(token):
    assert waiting(token, AT) is None
