"""A bank as plain text, as organisers type and print it. Reads what `lines` understands, and writes the same shape."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cyberweek.questions.draft import LETTERS, QuestionDraft
from cyberweek.questions.formats import spelling
from cyberweek.questions.formats.assemble import cited_text
from cyberweek.questions.formats.decoding import lines_in
from cyberweek.questions.formats.lines import Line, read_lines
from cyberweek.questions.formats.marks import guard, guard_inside
from cyberweek.questions.formats.options import GUARD
from cyberweek.questions.formats.outcome import Outcome, Place

_YES = "是"


def read(data: bytes) -> Iterator[Outcome]:
    return read_lines(Line(Place(number), line) for number, line in enumerate(lines_in(data), 1))


def write(drafts: Sequence[QuestionDraft]) -> bytes:
    return "\n".join(paragraphs(drafts)).encode()


def paragraphs(drafts: Sequence[QuestionDraft]) -> Iterator[str]:
    """The lines of a bank, with an empty one after each question."""
    for number, draft in enumerate(drafts, 1):
        yield from _question(number, draft)
        yield ""


def _question(number: int, draft: QuestionDraft) -> Iterator[str]:
    first, *more = draft.stem.split("\n")
    yield f"{number}. 【{spelling.KIND_WORDS[draft.kind]}】{guard_inside(first)}"
    yield from (guard(each) for each in more)
    for letter, option in zip(LETTERS, draft.options, strict=False):
        yield f"{letter}. {_guarded_option(option)}"
    truth = spelling.TRUTH_WORDS[draft.answer[0]] if draft.kind == "truth" else ""
    yield f"答案：{truth or spelling.written(draft.answer)}"
    if draft.explanation:
        explained, *more = draft.explanation.split("\n")
        yield f"解析：{guard_inside(explained)}"
        yield from (guard(each) for each in more)
    yield from (f"{name}：{guard_inside(value)}" for name, value in _labelled(draft) if value)


def _labelled(draft: QuestionDraft) -> Iterable[tuple[str, str]]:
    return (
        ("编号", draft.code),
        ("专题", draft.topic),
        ("难度", spelling.DIFFICULTY_WORDS[draft.difficulty]),
        ("情景题", _YES if draft.situational else ""),
        ("出处", draft.source),
        ("法律依据", cited_text(draft.bases)),
        ("起始日期", draft.valid_from.isoformat() if draft.valid_from else ""),
        ("截止日期", draft.valid_to.isoformat() if draft.valid_to else ""),
    )


def _guarded_option(option: str) -> str:
    """An option in which nothing looks like the next option or like an answer."""
    return re.sub(r"(?=(?:正确|参考)?答案|[√×✓✗]\s*$)", GUARD, guard_inside(option))
