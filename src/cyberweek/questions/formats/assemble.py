"""What people wrote about one question, field by field → a draft, or the first thing that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

import msgspec

from cyberweek.kernel.text import mark
from cyberweek.questions.draft import Cited, Fault, QuestionDraft, faults, is_code, tidy, tidy_line
from cyberweek.questions.formats import spelling
from cyberweek.questions.formats.options import bare
from cyberweek.questions.formats.outcome import Found, Place, Refused

_CITED = re.compile(r"(?P<law>[a-z][a-z0-9-]+) (?P<article>\S+)(?: (?P<from>[\d-]*)\.\.(?P<to>[\d-]*))?")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?: 00:00:00)?")


class Written(msgspec.Struct, kw_only=True):
    """A question as it stands in a file: nothing is understood yet. `kind_around` is what a heading or sheet says."""

    kind: str = ""
    kind_around: str = ""
    stem: str = ""
    options: list[str] = []
    answer: str = ""
    explanation: str = ""
    topic: str = ""
    code: str = ""
    difficulty: str = ""
    situational: str = ""
    source: str = ""
    bases: str = ""
    valid_from: str = ""
    valid_to: str = ""


class _Faulty(Exception):
    def __init__(self, fault: Fault) -> None:
        self.fault = fault


def assemble(written: Written, at: Place) -> Found | Refused:
    """Understand what is written; a refusal carries the first fault and the stem to find it by."""
    try:
        draft = _draft(written)
    except _Faulty as error:
        return Refused(at, error.fault, tidy_line(written.stem)[:80])
    wrong = faults(draft)
    return Refused(at, wrong[0], tidy_line(draft.stem)[:80]) if wrong else Found(at, draft)


def cited_text(bases: Sequence[Cited]) -> str:
    """Citations in one line that `_bases` reads back."""
    return "；".join(f"{each.law} {each.article} {each.valid_from or ''}..{each.valid_to or ''}" for each in bases)


def day_of(text: str) -> date | None:
    """A day as sheets and people write it; None for none. Raises ValueError for anything else."""
    if not text.strip():
        return None
    found = _DAY.fullmatch(spelling.narrow(text))
    if found is None:
        raise ValueError(text)
    return date(*map(int, found.groups()))


def _draft(written: Written) -> QuestionDraft:
    options = tuple(tidy_line(each) for each in bare(written.options))
    kind = _kind(written, options)
    if kind == "truth":
        answer = spelling.truth_answer_of(written.answer, options)
        options = () if spelling.are_truths(options) else options
    else:
        answer = spelling.answer_of(written.answer, options) if len(options) > 1 else ()
    if isinstance(answer, Fault):
        raise _Faulty(answer)
    bases, loose = _bases(tidy_line(written.bases))
    return QuestionDraft(
        kind=kind or ("multiple" if len(answer) > 1 else "single"),
        stem=tidy(written.stem),
        options=options,
        answer=answer,
        explanation=tidy(written.explanation),
        topic=tidy_line(written.topic),
        code=_code(written.code),
        difficulty=_difficulty(written.difficulty),
        situational=spelling.is_yes(written.situational),
        source="；".join(each for each in (tidy_line(written.source), loose) if each),
        bases=bases,
        valid_from=_day(written.valid_from),
        valid_to=_day(written.valid_to),
    )


def _kind(written: Written, options: Sequence[str]) -> str | None:
    """The kind that is written, or follows from the options; None when the answer decides between single and multiple."""
    word = tidy_line(written.kind) or tidy_line(written.kind_around)
    if word:
        kind = spelling.kind_of(word)
        if kind is None:
            raise _Faulty(_unknown_kind(word))
        if kind == "single" and not written.kind and spelling.are_truths(options):
            return "truth"
        return kind
    if options or not written.answer.strip():
        return "truth" if spelling.are_truths(options) else None
    if spelling.truth_of(written.answer) is None and written.answer.strip() not in ("0", "1"):
        raise _Faulty(Fault("options", mark("选项不到两个"), mark("请至少写两个选项")))
    return "truth"


def _unknown_kind(word: str) -> Fault:
    values = {"kind": word[:20]}
    if any(each in word for each in spelling.LATER):
        return Fault("kind", mark("题型“%(kind)s”不能自动判分"), mark("请改成单选、多选、判断或点选题"), values)
    return Fault("kind", mark("题型“%(kind)s”认不出"), mark("请写单选题、多选题、判断题或点选题"), values)


def _difficulty(text: str) -> int:
    if not text.strip():
        return 1
    level = spelling.difficulty_of(text)
    if level is None:
        values = {"said": tidy_line(text)[:20]}
        raise _Faulty(Fault("difficulty", mark("难度“%(said)s”认不出"), mark("请写易、中、难，或 1 到 3"), values))
    return level


def _code(text: str) -> str:
    return text.strip() if is_code(text.strip()) else ""


def _day(text: str) -> date | None:
    try:
        return day_of(text)
    except ValueError:
        values = {"said": text.strip()[:20]}
        raise _Faulty(Fault("valid", mark("日期“%(said)s”认不出"), mark("请写成 2026-01-31 这样"), values)) from None


def _bases(text: str) -> tuple[tuple[Cited, ...], str]:
    """Citations in this bank's own form; any other text is a source in words."""
    found = [_CITED.fullmatch(each) for each in text.split("；")] if text else []
    if not all(found):
        return (), text
    try:
        return tuple(_cited(each) for each in found if each), ""
    except ValueError:
        return (), text


def _cited(found: re.Match[str]) -> Cited:
    days = [date.fromisoformat(found[each]) if found[each] else None for each in ("from", "to")]
    return Cited(found["law"], found["article"], days[0], days[1])
