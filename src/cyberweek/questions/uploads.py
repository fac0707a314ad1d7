"""A file of questions on its way into the bank: received, confirmed whole, or thrown away. The only writer of uploads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec
from django.db import transaction

from cyberweek.people.models import Seat
from cyberweek.questions import queries
from cyberweek.questions.draft import QuestionDraft
from cyberweek.questions.formats import confined
from cyberweek.questions.importing import ImportPlan, Line, Verdict
from cyberweek.questions.models import BankUpload, Basis, Question, Step
from cyberweek.questions.services import Moved, bases_of, free_code, lock_bank, rows_of


class Gone(Exception):
    """Raised when an upload has been confirmed or thrown away, perhaps by somebody else at the same moment."""


class NothingToDo(Exception):
    """Raised when a file would change nothing in the bank."""


Rows = list[tuple[Question, QuestionDraft]]


class Imported(NamedTuple):
    """How many questions an import wrote."""

    new: int
    changed: int


def receive(data: bytes, filename: str, *, seat: Seat, at: datetime) -> BankUpload:
    """Read a file and keep it with what was read. Raises Unreadable, and then keeps nothing."""
    reading = confined.read(data, filename)
    return BankUpload.objects.create(
        filename=filename[-200:], body=data, read=msgspec.json.encode(reading), seat=seat, uploaded_at=at
    )


def choose_topics(upload: BankUpload, topics: Mapping[str, str]) -> None:
    """Say which topics are meant by the names that the file uses; an empty choice takes the earlier one back."""
    with transaction.atomic():
        locked = _locked(upload)
        kept = {**locked.topics, **topics}
        locked.topics = {name: code for name, code in kept.items() if code}
        locked.save(update_fields=["topics"])


def discard(upload: BankUpload) -> None:
    """Throw an upload away. Raises Gone."""
    with transaction.atomic():
        _locked(upload).delete()


def confirm(upload: BankUpload, *, seen: str, seat: Seat, at: datetime) -> Imported:
    """Write everything that was shown, or nothing. `seen` is the digest of the plan that somebody looked at.

    Raises Moved when the bank has changed since, NothingToDo, or Gone.
    """
    before = queries.bank_digest()
    shown = queries.import_plan(upload)
    if shown.digest != seen:
        raise Moved(upload.filename)
    if not shown.count(Verdict.NEW) + shown.count(Verdict.CHANGED):
        raise NothingToDo(upload.filename)
    new, changed = _rows(shown)
    with transaction.atomic():  # what is slow stands above: SQLite has one writer, and answers wait for it
        lock_bank()
        locked = _locked(upload)
        if queries.bank_digest() != before:
            raise Moved(upload.filename)
        _write(new, changed, seat, at)
        locked.delete()
    return Imported(len(new), len(changed))


def _rows(shown: ImportPlan) -> tuple[Rows, Rows]:
    """What is to be created and what is to be changed, ready to be written."""
    new = _named(shown.drafts(Verdict.NEW))
    changed = {each.code: each.draft for each in shown.drafts(Verdict.CHANGED) if each.draft}
    present = dict(Question.objects.filter(code__in=changed).values_list("code", "pk"))
    rows = rows_of(changed)
    for row in rows:
        row.pk = present[row.code]
    return list(zip(rows_of(new), new.values(), strict=True)), list(zip(rows, changed.values(), strict=True))


def _write(new: Rows, changed: Rows, seat: Seat, at: datetime) -> None:
    Question.objects.bulk_update([row for row, _draft in changed], _FIELDS, batch_size=200)
    Basis.objects.filter(question__in=[row.pk for row, _draft in changed]).delete()
    Question.objects.bulk_create([row for row, _draft in new])
    written = [*new, *changed]
    Basis.objects.bulk_create(basis for row, draft in written for basis in bases_of(row, draft))
    Step.objects.bulk_create(
        Step(question=row, act=Step.Act.IMPORTED, seat=seat, at=at, digest=row.digest) for row, _draft in written
    )


_FIELDS = (
    "topic", "kind", "situational", "difficulty", "stem", "options", "answer", "explanation", "source", "valid_from", "valid_to",
    "stage", "digest",
)  # fmt: skip


def _named(lines: list[Line]) -> dict[str, QuestionDraft]:
    """New questions by the code that each brings or is given."""
    taken = set(Question.objects.values_list("code", flat=True))
    named: dict[str, QuestionDraft] = {}
    for draft in (line.draft for line in lines):
        if draft is not None:
            code = draft.code or free_code(draft, taken)
            taken.add(code)
            named[code] = draft
    return named


def _locked(upload: BankUpload) -> BankUpload:
    locked = BankUpload.objects.select_for_update().filter(pk=upload.pk).first()
    if locked is None:
        raise Gone(upload.filename)
    return locked
