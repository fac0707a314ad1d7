"""What becomes of each row of a file, before anything is written: new, changed, already there, refused. Pure.

A row that names the code of a question changes it, if both are plainly the same question; any other row is new, unless the
bank already asks the same with the same options and the same answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

import msgspec

from cyberweek.kernel.codec import canonical, digest
from cyberweek.kernel.text import mark
from cyberweek.questions.draft import Fault, QuestionDraft, digest_of
from cyberweek.questions.formats.outcome import Found, Outcome, Place, Refused
from cyberweek.questions.likeness import LEAST, likeness, signs_of

_UNSAID = re.compile(r"[\W_]+")
_FIELDS = tuple(name for name in QuestionDraft.__struct_fields__ if name != "code")


class Verdict(StrEnum):
    """What would happen to a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"
    REMARK = "remark"


class Line(msgspec.Struct, frozen=True):
    """A row and its verdict. `code` is the question that it changes or repeats; `changed` names the fields that differ."""

    at: Place
    verdict: Verdict
    draft: QuestionDraft | None = None
    fault: Fault | None = None
    stem: str = ""
    code: str = ""
    changed: tuple[str, ...] = ()


class ImportPlan(msgspec.Struct, frozen=True):
    """Every row in the order of the file, and what the file calls its topics that this bank does not know."""

    lines: tuple[Line, ...]
    unknown_topics: tuple[str, ...]

    def count(self, verdict: Verdict) -> int:
        return sum(line.verdict == verdict for line in self.lines)

    def drafts(self, verdict: Verdict) -> list[Line]:
        return [line for line in self.lines if line.verdict == verdict]

    @property
    def digest(self) -> str:
        """Of everything that would be written: the same as long as nothing that matters has changed."""
        return digest(canonical([(each.verdict, each.code, each.draft) for each in self.lines]))


def plan(
    outcomes: Iterable[Outcome], bank: Sequence[QuestionDraft], topics: Mapping[str, str], chosen: Mapping[str, str]
) -> ImportPlan:
    """Decide about each row. `topics` and `chosen` lead from a name to a topic's code: the bank's own names, and what a
    person has said about the others."""
    planner = _Planner(bank, {**topics, **chosen})
    lines = tuple(planner.line(each) for each in outcomes)
    return ImportPlan(lines, tuple(dict.fromkeys(planner.unknown)))


class _Planner:
    def __init__(self, bank: Sequence[QuestionDraft], topics: Mapping[str, str]) -> None:
        self.topics = topics
        self.by_code = {each.code: each for each in bank}
        self.by_key = {_key(each): each.code for each in bank}
        self.rows: dict[str, int] = {}
        self.unknown: list[str] = []

    def line(self, outcome: Outcome) -> Line:
        if isinstance(outcome, Found):
            return self._found(outcome.at, outcome.draft)
        if isinstance(outcome, Refused):
            return Line(outcome.at, Verdict.REFUSED, fault=outcome.fault, stem=outcome.stem)
        return Line(outcome.at, Verdict.REMARK, fault=outcome.fault)

    def _found(self, at: Place, written: QuestionDraft) -> Line:
        topic = self.topics.get(written.topic)
        if topic is None and written.code in self.by_code and not written.topic:
            topic = self.by_code[written.code].topic
        draft = msgspec.structs.replace(written, topic=topic or "")
        fault = self._repeats(at, draft)
        present = self.by_code.get(draft.code) if draft.code else None
        if fault is None and present is not None:
            return _again(at, draft, present) if topic else self._without_topic(at, written)
        if fault is None and (same := self.by_key.get(_key(draft))):
            return Line(at, Verdict.SAME, draft, code=same, changed=_differences(draft, self.by_code[same]))
        if fault is None and topic is None:
            return self._without_topic(at, written)
        if fault is not None:
            return Line(at, Verdict.REFUSED, fault=fault, stem=draft.stem)
        return Line(at, Verdict.NEW, draft)

    def _repeats(self, at: Place, draft: QuestionDraft) -> Fault | None:
        """Why a row is the second of its kind in the file."""
        for name in (draft.code, _key(draft)):
            if not name:
                continue
            if name in self.rows:
                values = {"number": str(self.rows[name])}
                return Fault("stem", mark("和第 %(number)s 行是同一道题"), mark("留下一道即可"), values)
            self.rows[name] = at.number
        return None

    def _without_topic(self, at: Place, draft: QuestionDraft) -> Line:
        self.unknown.append(draft.topic)
        cause = mark("题库里没有专题“%(topic)s”") if draft.topic else mark("没有写专题")
        fault = Fault("topic", cause, mark("请在上面选它归到哪个专题"), {"topic": draft.topic[:40]})
        return Line(at, Verdict.REFUSED, fault=fault, stem=draft.stem)


def _again(at: Place, draft: QuestionDraft, present: QuestionDraft) -> Line:
    """A row that names a question of the bank."""
    if digest_of(draft) == digest_of(present):
        return Line(at, Verdict.SAME, draft, code=present.code)
    if _key(draft) != _key(present) and likeness(_signs(draft), _signs(present)) < LEAST:
        fault = Fault(
            "code", mark("编号 %(code)s 在题库里是另一道题"), mark("删去编号，就作为新题导入"), {"code": draft.code}
        )
        return Line(at, Verdict.REFUSED, fault=fault, stem=draft.stem)
    return Line(at, Verdict.CHANGED, draft, code=present.code, changed=_differences(draft, present))


def _key(draft: QuestionDraft) -> str:
    """What makes two questions the same one: asked, offered and right alike, whatever the order and the punctuation."""
    options = tuple(_said(each) for each in draft.options)
    right = sorted(options[place] for place in draft.answer) if options else list(draft.answer)
    offered = list(options) if draft.kind == "tap" else sorted(options)
    return digest(canonical((_said(draft.stem), offered, right)))


def _said(text: str) -> str:
    return _UNSAID.sub("", unicodedata.normalize("NFKC", text).casefold()) or text


def _signs(draft: QuestionDraft) -> frozenset[str]:
    return signs_of(draft.stem, draft.options)


def _differences(one: QuestionDraft, other: QuestionDraft) -> tuple[str, ...]:
    return tuple(name for name in _FIELDS if getattr(one, name) != getattr(other, name))
