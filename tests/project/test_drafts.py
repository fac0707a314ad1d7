"""Drafts travel to an empty house, and nothing else does."""

from __future__ import annotations

from django.apps import apps

from cyberweek.ledger.queries import head
from cyberweek.plan.models import Campaign
from cyberweek.project import demo, drafts
from cyberweek.questions.services import load_bank
from cyberweek.state import Draft
from cyberweek.units.services import load_units
from tests.conftest import point_django_at


def rows() -> dict[str, list[dict]]:
    return {model._meta.label: list(model._default_manager.order_by("pk").values()) for model in apps.get_models()}


def test_every_draft_arrives_and_nobody_with_it(house, sqlite_template, tmp_path):
    import shutil

    load_units()
    load_bank()
    demo.load(house.at, papers=0)
    drafts.keep(tmp_path / "drafts.jsonl")
    before = rows()
    kinds = {model._meta.label: issubclass(model, Draft) for model in apps.get_models()}

    shutil.copyfile(sqlite_template, tmp_path / "other.sqlite3")
    point_django_at(str(tmp_path / "other.sqlite3"))
    bare = rows()
    drafts.bring(tmp_path / "drafts.jsonl")
    after = rows()

    assert {name: rows for name, rows in after.items() if kinds[name]} == {
        name: rows for name, rows in before.items() if kinds[name]
    }
    assert {name: rows for name, rows in after.items() if not kinds[name]} == {
        name: rows for name, rows in bare.items() if not kinds[name]
    }
    assert Campaign.objects.count() == 1
    assert before["people.Staff"] != []


def test_a_house_without_a_campaign_keeps_nothing(house, tmp_path):
    drafts.keep(tmp_path / "drafts.jsonl")

    assert list(tmp_path.glob("*.jsonl")) == []
    assert head().n == 0
