"""A running week with a published quiz, and papers of it in the ledger."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).with_name("example.py")


def example():
    spec = importlib.util.spec_from_file_location("quiz_example", EXAMPLE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def activity(house):
    from cyberweek.plan.models import Activity, Campaign

    campaign = Campaign.objects.create(
        name_zh="示例网安周", slug="example", area="示例市", starts=date(2026, 11, 23), ends=date(2026, 11, 29), seed="s",
        confirmed_at=house.at,
    )  # fmt: skip
    return Activity.objects.create(campaign=campaign, no=1, slug="quiz", kind="quiz", name_zh="示例答题")


@pytest.fixture
def published(house, activity, monkeypatch) -> Callable[..., object]:
    """Publish the example quiz, open now, without asking the gates, which have tests of their own."""
    from cyberweek.component import ports
    from cyberweek.component.services import publish
    from cyberweek.kernel.windows import Window

    monkeypatch.setattr(ports.opening_gates, "_offers", [])

    def publish_it(**changes):
        now = datetime.now(UTC)
        window = Window(now - timedelta(days=1), now + timedelta(days=1))
        snapshot = example().snapshot(activity.pk, **({"window": window} | changes))
        return publish(activity, snapshot, writer=house.writer, seat=1, at=house.at)

    return publish_it


@pytest.fixture
def play(house) -> Callable[..., None]:
    """Put whole papers of a release into the ledger: so many, all right or all wrong, in some way, for somebody."""
    from cyberweek.activities.quiz import rules
    from cyberweek.activities.quiz.rules import GiveAnswer
    from cyberweek.activities.quiz.snapshot import QuizSnapshot
    from cyberweek.component.reading import release_snapshot
    from cyberweek.kernel.ids import StreamIds
    from cyberweek.ledger.journal import Append
    from cyberweek.people.ticket import Attempt

    ids, made = StreamIds(9), example()

    def play_them(release, count: int = 1, *, right: bool = True, mode: int = 0, group: int = 0, **said: str) -> None:
        snapshot = release_snapshot(release.pk, QuizSnapshot)
        at = snapshot.window.opens_ms + 60_000
        for _paper in range(count):
            stream = ids.mint(at)
            attempt = Attempt(release.activity_id, release.pk, stream, stream, mode, group)
            paper, appends = rules.start(snapshot, attempt), []
            while (command := made.next_command(paper, right=right)) is not None:
                asked = GiveAnswer(command.place, command.choice, **said)
                facts = rules.decide(snapshot, paper, asked, at + 9_000)
                for fact in facts:
                    paper = rules.evolve(snapshot, paper, fact, at + 9_000)
                step = command.place + 1
                appends.append(
                    Append(stream, step, at + 9_000, facts, release.activity_id, release.pk, attempt.participant)
                )
            house.writer.append_all(appends)
        house.count()

    return play_them


@pytest.fixture
def client(house):
    from django.test import Client

    return Client(SERVER_NAME="localhost")


@pytest.fixture
def queries(house):
    """Run something, and give how many queries it took."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(work: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as seen:
            work()
        return len(seen)

    return count
