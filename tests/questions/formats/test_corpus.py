"""Files in the shapes that organisers use, and what has to be understood of each. The files are written for this test."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cyberweek.questions.formats.outcome import Found, Outcome
from cyberweek.questions.formats.registry import recognised
from cyberweek.questions.formats.spelling import TRUTH_WORDS, written

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(each for each in CORPUS.iterdir() if each.suffix != ".json")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_file_is_understood_as_a_person_reads_it(file: Path):
    data = file.read_bytes()
    found = recognised(data, file.name)

    said = {"format": found.name, "rows": [plainly(each) for each in found.read(data)]}

    assert said == json.loads((CORPUS / f"{file.name}.json").read_text(encoding="utf-8"))


def plainly(outcome: Outcome) -> dict[str, object]:
    """An outcome without what is as usual."""
    at = f"{outcome.at.sheet}!{outcome.at.number}" if outcome.at.sheet else outcome.at.number
    if not isinstance(outcome, Found):
        fault = outcome.fault
        return {"at": at, type(outcome).__name__.lower(): fault.field, "why": fault.cause % fault.values}
    draft = outcome.draft
    answer = TRUTH_WORDS[draft.answer[0]] if draft.kind == "truth" else written(draft.answer)
    rest = {"explanation": draft.explanation, "topic": draft.topic, "code": draft.code, "source": draft.source}
    rest["difficulty"] = draft.difficulty if draft.difficulty > 1 else ""
    values = {"at": at, "kind": draft.kind, "stem": draft.stem, "options": list(draft.options), "answer": answer} | rest
    return {name: value for name, value in values.items() if value}
