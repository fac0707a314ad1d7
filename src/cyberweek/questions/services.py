"""Write the bank from its files. All or nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from cyberweek.questions.models import Basis, Question, Topic

BANK = Path(__file__).parent / "bank"
_PLAIN = ("kind", "situational", "difficulty", "stem", "explanation", "valid_from", "valid_to")


class BadQuestion(Exception):
    """Raised when a question file says something impossible; names the question."""


@transaction.atomic
def load_bank(folder: Path = BANK) -> int:
    """Create or update every question of a folder of TOML files; returns how many questions it holds."""
    for topic in _read(folder / "topics.toml")["topic"]:
        Topic.objects.update_or_create(code=topic["code"], defaults={k: v for k, v in topic.items() if k != "code"})
    count = 0
    for path in sorted(folder.glob("*.toml")):
        for entry in _read(path).get("question", []):
            _load_question(entry)
            count += 1
    return count


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _load_question(entry: Mapping[str, Any]) -> None:
    _check(entry)
    values = {name: entry[name] for name in _PLAIN if name in entry}
    values |= {
        "topic_id": entry["topic"],
        "options": entry.get("options", []),
        "answer": sorted(entry["answer"]),
        "source": entry.get("source", {}).get("text", ""),
    }
    question, created = Question.objects.update_or_create(code=entry["code"], defaults=values)
    if not created:
        question.bases.all().delete()
    Basis.objects.bulk_create(Basis(question=question, **basis) for basis in entry.get("basis", []))


def _check(entry: Mapping[str, Any]) -> None:
    choices = 2 if entry["kind"] == "truth" else len(entry.get("options", []))
    answer = entry["answer"]
    if not answer or len(set(answer)) != len(answer) or not all(0 <= each < choices for each in answer):
        raise BadQuestion(f"{entry['code']}: the answer {answer} does not fit {choices} options")
    if entry["kind"] in ("single", "truth") and len(answer) != 1:
        raise BadQuestion(f"{entry['code']}: a {entry['kind']} question has one right answer")
