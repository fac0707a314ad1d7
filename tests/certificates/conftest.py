"""A published quiz, papers of it, and a device that took one."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

_PATH = Path(__file__).parents[1] / "activities" / "quiz" / "conftest.py"
_spec = importlib.util.spec_from_file_location("quiz_conftest", _PATH)
_quiz = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(_quiz)

activity, published, play, client, queries = _quiz.activity, _quiz.published, _quiz.play, _quiz.client, _quiz.queries


@pytest.fixture
def device(client, activity, published, play):
    """A browser whose last paper went right or wrong, was played for oneself or in a class."""

    def take(*, right: bool = True, group: int = 0, mode: int = 0):
        from django.conf import settings
        from django.db import connection

        from cyberweek.people.ticket import Attempt, Signer

        release, mode = published(), 2 if group else mode
        play(release, right=right, mode=mode, group=group)
        with connection.cursor() as cursor:
            cursor.execute("SELECT max(stream) FROM ledger_fact WHERE kind = 'quiz.paper-submitted'")
            (stream,) = cursor.fetchone()
        attempt = Attempt(activity.pk, release.pk, stream, stream, mode, group)
        client.cookies[f"cw_attempt_{activity.pk}"] = Signer(settings.TICKET_KEY).attempt(attempt)
        return client

    return take
