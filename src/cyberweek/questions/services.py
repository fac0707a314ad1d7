"""Write questions: the bundle's, and those that people write. All or nothing; a change takes the review away."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import ProtectedError

from cyberweek.people.models import Seat
from cyberweek.questions.draft import Cited, Fault, QuestionDraft, digest_of, faults, tidy, tidy_line
from cyberweek.questions.models import Basis, Question, Step, Topic

BANK = Path(__file__).parent / "bank"
_SAID = ("kind", "stem", "explanation", "difficulty", "situational", "source", "valid_from", "valid_to")
_SHORTEST = 6  # signs of a digest that make a code


class BadQuestion(Exception):
    """Raised when a question says something impossible; `faults` says what, and the message names the question."""

    def __init__(self, message: str, found: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = list(found)


class Moved(Exception):
    """Raised when a question was changed by somebody else since it was looked at."""


class InUse(Exception):
    """Raised when a question that an activity uses would be removed."""


class Bundled(Exception):
    """Raised when a question of the bundle would be removed: the next start would bring it back."""


def load_bank(folder: Path = BANK) -> int:
    """Bring the bundle's questions up to date, as reviewed by the bundle; returns how many it holds.

    What people have changed stays as they left it.
    """
    entries = bundled(folder)
    with transaction.atomic():
        _load_topics(folder)
        lock_bank()
        present = {each.code: each for each in Question.objects.filter(code__in=[each.code for each in entries])}
        for draft in entries:
            _load(draft, present.get(draft.code))
    return len(entries)


def bundled(folder: Path) -> list[QuestionDraft]:
    """Every question of a folder of TOML files; raises BadQuestion for the first that is none."""
    return [_bundled(entry) for path in sorted(folder.glob("*.toml")) for entry in _read(path).get("question", [])]


def add(draft: QuestionDraft, *, seat: Seat, at: datetime) -> Question:
    """Write a new question into the bank; it is not reviewed. Raises BadQuestion."""
    _refuse_faults(draft)
    with transaction.atomic():
        lock_bank()
        question = Question(code=draft.code or free_code(draft, set(Question.objects.values_list("code", flat=True))))
        _write(question, draft)
        _note(question, Step.Act.WROTE, seat, at)
    return question


def change(question: Question, draft: QuestionDraft, *, seen: str, seat: Seat, at: datetime) -> Question:
    """Make a question say something else; its review is lost. `seen` is the digest that was looked at.

    Saying the same again changes nothing. Raises BadQuestion, or Moved when somebody else was faster.
    """
    _refuse_faults(draft)
    with transaction.atomic():
        lock_bank()
        locked = Question.objects.select_for_update().get(pk=question.pk)
        if locked.digest != seen:
            raise Moved(locked.code)
        if digest_of(draft) != locked.digest:
            locked.stage = Question.Stage.WRITING
            _write(locked, draft)
            _note(locked, Step.Act.CHANGED, seat, at)
    return locked


def remove(question: Question) -> None:
    """Take a question out of the bank. Raises InUse or Bundled."""
    if question.bundle_digest:
        raise Bundled(question.code)
    try:
        question.delete()
    except ProtectedError:
        raise InUse(question.code) from None


def lock_bank() -> None:
    """Let nobody else write questions until this transaction ends: what was compared with the bank stays true."""
    list(Topic.objects.select_for_update().order_by("code").values_list("code"))


def free_code(draft: QuestionDraft, taken: set[str]) -> str:
    """A name for a new question: its topic and the beginning of its digest, as long as it takes to be the only one."""
    whole = digest_of(draft)
    names = (f"{draft.topic[:30]}-{whole[:length]}" for length in range(_SHORTEST, len(whole)))
    return next(name for name in names if name not in taken)


def rows_of(drafts: Mapping[str, QuestionDraft]) -> list[Question]:
    """Unsaved questions by their codes, for those who write many at once."""
    return [_filled(Question(code=code), draft) for code, draft in drafts.items()]


def bases_of(question: Question, draft: QuestionDraft) -> list[Basis]:
    return [Basis(question=question, **msgspec.structs.asdict(each)) for each in draft.bases]


def _write(question: Question, draft: QuestionDraft) -> None:
    is_new = question.pk is None
    _filled(question, draft).save()
    if not is_new:
        question.bases.all().delete()
    Basis.objects.bulk_create(bases_of(question, draft))


def _filled(question: Question, draft: QuestionDraft) -> Question:
    for name in _SAID:
        setattr(question, name, getattr(draft, name))
    question.topic_id, question.digest = draft.topic, digest_of(draft)
    question.options, question.answer = list(draft.options), list(draft.answer)
    return question


def _note(question: Question, act: Step.Act, seat: Seat, at: datetime) -> None:
    Step.objects.create(question=question, act=act, seat=seat, at=at, digest=question.digest)


def _refuse_faults(draft: QuestionDraft) -> None:
    found = faults(draft)
    if found:
        raise BadQuestion(draft.code or draft.stem[:40], found)


def _load_topics(folder: Path) -> None:
    for topic in _read(folder / "topics.toml")["topic"]:
        Topic.objects.update_or_create(code=topic["code"], defaults={k: v for k, v in topic.items() if k != "code"})


def _load(draft: QuestionDraft, present: Question | None) -> None:
    said = digest_of(draft)
    if present is not None and (present.bundle_digest == said or present.digest != present.bundle_digest):
        return
    question = present or Question(code=draft.code)
    question.stage, question.bundle_digest = Question.Stage.REVIEWED, said
    _write(question, draft)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _bundled(entry: Mapping[str, Any]) -> QuestionDraft:
    plain = {
        name: entry[name]
        for name in ("code", "topic", "kind", "situational", "difficulty", "valid_from", "valid_to")
        if name in entry
    }
    draft = QuestionDraft(
        **plain,
        stem=tidy(entry["stem"]),
        options=tuple(tidy_line(each) for each in entry.get("options", [])),
        answer=tuple(sorted(entry["answer"])),
        explanation=tidy(entry["explanation"]),
        source=tidy_line(entry.get("source", {}).get("text", "")),
        bases=tuple(Cited(**basis) for basis in entry.get("basis", [])),
    )
    found = faults(draft)
    if found:
        raise BadQuestion(f"{draft.code}: {found[0].cause % found[0].values}", found)
    return draft
