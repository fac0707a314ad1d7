"""A campaign in another year equals the original but for dates, releases, facts and people: every table is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from hypothesis import given
from hypothesis import strategies as st

from cyberweek.component.cloning import CannotClone, clone, moved_within
from cyberweek.ledger.queries import head
from cyberweek.plan.models import Activity, Campaign
from cyberweek.plan.queries import shown_campaign, texts_of_other_years
from cyberweek.project import demo
from cyberweek.questions.services import load_bank
from cyberweek.state import Draft
from cyberweek.units.services import load_units
from tests.factories import plan

OF_ITS_YEAR = {
    "duty.incident": "went wrong this year",
    "plan.planupload": "the file from which this year's campaign was made",
    "quiz.classroom": "pupils who are a class this year",
    "report.passage": "tells what happened this year",
}
RENAMED = {("plan.campaign", name) for name in ("slug", "name_zh", "name_en", "confirmed_at", "record_no")}


@pytest.fixture
def original(house) -> Campaign:
    """The demo's week with everything in it, tasks with units that act, quizzes, draws, classes and texts."""
    load_units()
    load_bank()
    made = demo.load(house.at, papers=0)
    made.passages.create(heading="overview", text="今年参与的人很多。")
    plan.upload(1)
    made.uploads.create(filename="plan.txt", body=b"", understood={}, uploaded_at=house.at)
    return made


def test_another_year_is_the_same_but_for_dates(original):
    before = {model._meta.label_lower: drafts(model, original) for model in _of_a_campaign(Draft)}
    by = timedelta(days=371)

    copy = clone(original, starts=original.starts + by)

    after = {model._meta.label_lower: drafts(model, original) for model in _of_a_campaign(Draft)}
    copied = {model._meta.label_lower: drafts(model, copy, -by) for model in _of_a_campaign(Draft)}
    assert [label for label, rows in before.items() if not rows] == [], "give the fixture one of each"
    assert after == before
    assert copied == {label: [] if label in OF_ITS_YEAR else rows for label, rows in before.items()}


def test_another_year_begins_without_releases_facts_people_or_work(original):
    chain = head().n

    copy = clone(original, starts=date(2027, 9, 13))

    others = {model for model in apps.get_models() if not issubclass(model, Draft)}
    rows = {
        model._meta.label_lower: model._default_manager.filter(**{path: copy.pk}).count()
        for model in others
        if (path := _path(model, Campaign)) is not None
    }
    assert rows
    assert set(rows.values()) == {0}
    assert head().n == chain
    assert shown_campaign() != copy


def test_names_take_the_new_year_and_texts_that_do_not_are_named(house):
    week = plan.campaign("week-2026", name_zh="2026年某市网安周", name_en="A city's week 2026")
    plan.activity(week, 1, name_zh="回顾 2026 年展")

    copy = clone(week, starts=date(2027, 11, 22))

    assert (copy.slug, copy.name_zh, copy.name_en) == ("week-2027", "2027年某市网安周", "A city's week 2027")
    assert texts_of_other_years(copy) == ["回顾 2026 年展"]
    assert texts_of_other_years(week) == []


@pytest.mark.parametrize(
    ("slug", "starts", "field"), [("week", date(2027, 11, 22), "slug"), ("far", date.max, "starts")]
)
def test_what_cannot_be_copied_leaves_nothing_behind(any_house, slug, starts, field):
    week = plan.campaign()
    plan.activity(week, 1)

    with pytest.raises(CannotClone) as refused:
        clone(week, starts=starts, slug=slug)

    assert refused.value.field == field
    assert (Campaign.objects.count(), Activity.objects.count()) == (1, 1)


DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
MOMENTS = DAYS | st.builds(datetime.combine, DAYS, st.times())
PLAIN = st.none() | st.booleans() | st.integers() | st.text() | MOMENTS | MOMENTS.map(lambda each: each.isoformat())
JSON = st.recursive(PLAIN, lambda each: st.lists(each) | st.dictionaries(st.text(), each), max_leaves=8)


@given(JSON, st.integers(-4000, 4000).map(timedelta))
def test_moving_there_and_back_changes_nothing(value, by):
    assert moved_within(moved_within(value, by), -by) == value


def drafts(model: type[models.Model], campaign: Campaign, by: timedelta = timedelta(0)) -> list[str]:
    """What every row of a table says about a campaign, without numbers that only name rows."""
    path = "pk" if model is Campaign else _path(model, Campaign)
    return sorted(repr(_said(row, by)) for row in model._default_manager.filter(**{path: campaign.pk}))


def _said(row: models.Model, by: timedelta) -> dict[str, Any]:
    label = row._meta.label_lower
    return {
        each.name: _value(row, each, by)
        for each in row._meta.concrete_fields
        if not isinstance(each, models.AutoField) and (label, each.name) not in RENAMED
    }


def _value(row: models.Model, field: models.Field, by: timedelta) -> Any:
    """A row of the campaign is what it says; one of the house is its number."""
    related = field.related_model
    if related is Campaign:
        return "the campaign"
    if related is not None and _path(related, Campaign) is not None:
        other = getattr(row, field.name)
        return other and _said(other, by)
    return moved_within(getattr(row, field.attname), by)


def _of_a_campaign(kind: type[models.Model]) -> Iterator[type[models.Model]]:
    """Campaign, and every table of a kind whose rows belong to one."""
    yield Campaign
    yield from (each for each in apps.get_models() if issubclass(each, kind) and _path(each, Campaign) is not None)


def _path(model: type[models.Model], goal: type[models.Model], seen: tuple[type, ...] = ()) -> str | None:
    """By which fields a table's rows lead to a campaign, or None."""
    fields = [each for each in model._meta.concrete_fields if each.related_model and each.related_model not in seen]
    for each in fields:
        if each.related_model is goal:
            return each.name
    for each in fields:
        rest = _path(each.related_model, goal, (*seen, model))
        if rest is not None:
            return f"{each.name}__{rest}"
    return None
