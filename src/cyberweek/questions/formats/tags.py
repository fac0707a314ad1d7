"""What GIFT and Moodle XML share: categories as paths, and what a question has beyond Moodle's fields as tags.

A tag is `kind:点选题`, `difficulty:中`, `law:cybersecurity-law 第二十七条 2017-06-01..2025-12-31`.
"""

from __future__ import annotations

from collections.abc import Iterable

from cyberweek.questions.draft import QuestionDraft, tidy_line
from cyberweek.questions.formats import spelling
from cyberweek.questions.formats.assemble import Written, cited_text

_FIELDS = ("kind", "difficulty", "situational", "source", "bases", "valid_from", "valid_to")
_NAMES = {"bases": "law", "valid_from": "from", "valid_to": "to"}


def tags_of(draft: QuestionDraft) -> list[str]:
    """The tags of a question; what is as usual has none."""
    values = {
        "kind": spelling.KIND_WORDS[draft.kind],
        "difficulty": spelling.DIFFICULTY_WORDS[draft.difficulty] if draft.difficulty > 1 else "",
        "situational": "是" if draft.situational else "",
        "source": draft.source,
        "bases": cited_text(draft.bases),
        "valid_from": draft.valid_from.isoformat() if draft.valid_from else "",
        "valid_to": draft.valid_to.isoformat() if draft.valid_to else "",
    }
    return [f"{_NAMES.get(field, field)}:{values[field]}" for field in _FIELDS if values[field]]


def take(written: Written, tags: Iterable[str]) -> None:
    """Put what this bank's own tags say into the question; others are Moodle's affair."""
    fields = {_NAMES.get(field, field): field for field in _FIELDS}
    for tag in tags:
        name, colon, value = tag.partition(":")
        if colon and name in fields:
            setattr(written, fields[name], value)


def category_path(topic: str) -> str:
    """The category of a topic within its course; a stroke in the name is written twice."""
    name = tidy_line(topic).replace("/", "//")
    return f"$course$/{' ' if name.startswith('/') else ''}{name}"


def topic_in(path: str) -> str:
    """The innermost name of a category's path."""
    return path.strip().replace("//", "\0").rsplit("/", 1)[-1].replace("\0", "/").strip()
