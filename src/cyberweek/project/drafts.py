"""Carry drafts, and nothing else, from one house to an empty one: what is being prepared, with nobody's data in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.db import OperationalError, ProgrammingError, models, transaction

from cyberweek.plan.queries import shown_campaign
from cyberweek.state import Draft


def keep(path: Path) -> None:
    """Write this installation's drafts to a file; writes none where no campaign is shown."""
    try:
        campaign = shown_campaign()
    except (OperationalError, ProgrammingError):
        return  # nobody has made this installation yet
    if campaign is None:
        return
    with path.open("w", encoding="utf-8") as out:
        serializers.serialize("jsonl", _rows(), stream=out)


@transaction.atomic
def bring(path: Path) -> None:
    """Load drafts into a house that has none of its own."""
    with path.open(encoding="utf-8") as lines:
        for row in serializers.deserialize("jsonl", lines):
            row.save()


def _rows() -> Iterator[models.Model]:
    """Rows before those that name them; what a draft says of a table that is no draft stays behind."""
    for model in serializers.sort_dependencies([(None, _drafts())]):
        for row in model._default_manager.order_by("pk").iterator():  # noqa: SLF001 -- the documented way to its rows
            for each in _outside(model):
                setattr(row, each.attname, None)
            yield row


def _drafts() -> list[type[models.Model]]:
    """Every table of drafts that stands without one of another kind."""
    return [each for each in apps.get_models() if issubclass(each, Draft) and all(f.null for f in _outside(each))]


def _outside(model: type[models.Model]) -> list[models.Field]:
    columns = model._meta.concrete_fields  # noqa: SLF001 -- the documented way to ask a table for its columns
    return [each for each in columns if each.related_model and not issubclass(each.related_model, Draft)]
