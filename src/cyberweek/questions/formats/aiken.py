"""Aiken, Moodle's plainest format: a stem, lettered options, ANSWER. It holds single choice only, and no explanation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from cyberweek.kernel.text import mark
from cyberweek.questions.draft import LETTERS, Fault, QuestionDraft, tidy_line
from cyberweek.questions.formats.assemble import Written, assemble
from cyberweek.questions.formats.decoding import lines_in
from cyberweek.questions.formats.options import GUARD
from cyberweek.questions.formats.outcome import Outcome, Place, Refused

_OPTION = re.compile(r"([A-Z])[.)]\s*(.*)")
_ANSWER = re.compile(r"ANSWER\s*:\s*(.*)", re.IGNORECASE)


def can_carry(draft: QuestionDraft) -> bool:
    """True for a question that Aiken can hold at all: one right answer, and a stem of one line."""
    return draft.kind == "single" and "\n" not in draft.stem


def read(data: bytes) -> Iterator[Outcome]:
    gathered: list[tuple[int, str]] = []
    for number, raw in enumerate(lines_in(data), 1):
        line = raw.strip()
        if line:
            gathered.append((number, line))
        if _ANSWER.fullmatch(line):
            yield _question(gathered)
            gathered = []
    if gathered:
        yield Refused(
            Place(gathered[0][0]),
            Fault("answer", mark("没有以 ANSWER: 结尾"), mark("请在选项后面另起一行写 ANSWER: A")),
            tidy_line(gathered[0][1])[:80],
        )


def write(drafts: Sequence[QuestionDraft]) -> bytes:
    return "\n".join(_written(each) for each in drafts if can_carry(each)).encode()


def _question(lines: list[tuple[int, str]]) -> Outcome:
    written = Written(kind="单选题")
    for _number, line in lines:
        option, answer = _OPTION.fullmatch(line), _ANSWER.fullmatch(line)
        if answer:
            written.answer = answer[1]
        elif option and written.stem and option[1] == LETTERS[len(written.options) : len(written.options) + 1]:
            written.options = [*written.options, option[2]]
        elif written.options:
            written.options[-1] += f" {line}"
        else:
            written.stem = f"{written.stem}\n{line}".strip()
    return assemble(written, Place(lines[0][0]))


def _written(draft: QuestionDraft) -> str:
    options = [f"{letter}. {option}" for letter, option in zip(LETTERS, draft.options, strict=False)]
    stem = GUARD + draft.stem if _ANSWER.fullmatch(draft.stem) else draft.stem
    return "\n".join([stem, *options, f"ANSWER: {LETTERS[draft.answer[0]]}", ""])
