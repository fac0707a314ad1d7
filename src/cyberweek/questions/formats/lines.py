"""Lines of a bank as organisers type it → questions: 题干, A. B. C. D., 答案：B, 解析：…, under headings of kinds.

What begins a question: its number, or, where nobody numbers, an empty line or the line after an answer. While an
explanation is open, a numbered line begins a question only if options or an answer follow: its own 1. 2. 3. stay text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from cyberweek.kernel.text import mark
from cyberweek.questions.draft import LETTERS, Fault, tidy_line
from cyberweek.questions.formats import spelling
from cyberweek.questions.formats.assemble import Written, assemble
from cyberweek.questions.formats.marks import (
    BARE_ANSWER,
    FIELD,
    NUMBER,
    TRAILING,
    asked_among,
    field_of,
    heading_of,
    held_options,
    number_of,
    split_fields,
    take_answer_at_end,
    take_answer_out,
    take_tags,
)
from cyberweek.questions.formats.options import LETTERED, split
from cyberweek.questions.formats.outcome import Outcome, Place, Refused, Remark

_KEY_SPAN = re.compile(r"(\d{1,4})\s*[-—–~～至到]\s*(\d{1,4})\s*[.、:：题]?\s*([A-T√×✓✗对错]+(?:\s+[A-T√×✓✗对错]+)*)")
_KEY_ONE = re.compile(r"(\d{1,4})\s*[.．、:：)）]\s*([A-T]+|[√×✓✗]|正确|错误|对|错)")
_MUDDLED = Fault("answer", mark("这一段里有两个答案"), mark("请给每道题写上题号，或用空行把题目隔开"))
_ONE_LINE = ("answer", "kind", "difficulty", "topic", "code", "situational", "valid_from", "valid_to", "bases", "")


class Line(NamedTuple):
    """A line, and where it stands."""

    at: Place
    text: str


class _Block:
    """A question that is being gathered."""

    def __init__(self, at: Place, number: int, around: str) -> None:
        self.at, self.number, self.around = at, number, around
        self.fields: dict[str, list[str]] = {"stem": []}
        self.options: list[list[str]] = []
        self.open = "stem"
        self.is_muddled = False

    @property
    def is_complete(self) -> bool:
        return bool(self.options or "answer" in self.fields)

    def add(self, text: str) -> None:
        """Go on with the field that is open."""
        if self.open == "option":
            self.options[-1].append(text)
        elif self.open:
            self.fields.setdefault(self.open, []).append(text)

    def begin(self, field: str, text: str) -> None:
        self.is_muddled |= field == "answer" and "answer" in self.fields
        self.open = field
        if field:
            self.fields[field] = [text]

    def begin_option(self, text: str) -> None:
        self.open = "option"
        self.options.append([text])


def read_lines(lines: Iterable[Line]) -> Iterator[Outcome]:
    """Questions in the order of the text; answers gathered at its end are given back to their questions."""
    parts = [Line(line.at, part.strip()) for line in lines for part in split_fields(_seen(line.text))]
    gathered = _Gathering(asked=asked_among([part.text for part in parts]))
    for place, part in enumerate(parts):
        gathered.take(place, part)
    yield from gathered.outcomes()


def _seen(text: str) -> str:
    return text.replace("\u200b", "").replace("\ufeff", "").strip()


class _Gathering:
    """The state of reading: the blocks so far, the kind that the last heading named, and whether a key has begun."""

    def __init__(self, asked: set[int]) -> None:
        self.asked = asked
        self.remarks: list[Remark] = []
        self.blocks: list[_Block] = []
        self.around = ""
        self.last = 0
        self.is_key = False
        self.keys: dict[tuple[str, int], str] = {}
        self.is_after_gap = True

    def take(self, place: int, line: Line) -> None:
        if line.text:
            self._take(place, line.at, line.text)
        self.is_after_gap = not line.text

    def outcomes(self) -> Iterator[Outcome]:
        yield from self.remarks
        for block in self.blocks:
            if not block.number and not block.is_complete and set(block.fields) == {"stem"}:
                stem = tidy_line(" ".join(block.fields["stem"]))[:40]
                yield Remark(
                    block.at,
                    Fault("stem", mark("“%(text)s”没有当作题目"), mark("它没有题号、选项和答案"), {"text": stem}),
                )
            elif block.is_muddled:
                yield Refused(block.at, _MUDDLED, tidy_line(" ".join(block.fields["stem"]))[:80])
            else:
                yield assemble(self._written(block), block.at)

    def _take(self, place: int, at: Place, text: str) -> None:
        block = self.blocks[-1] if self.blocks else None
        if self._is_heading(text, block):
            self.around, self.last = heading_of(text), 0
        elif self.is_key or self._begins_key(text):
            self._take_key(text)
        elif not (block and self._continues(block, place, at, text)):
            self._begin(at, text)

    def _is_heading(self, text: str, block: _Block | None) -> bool:
        is_between = block is None or self.is_key or self.is_after_gap or block.is_complete or not block.number
        return is_between and bool(heading_of(text))

    def _begins_key(self, text: str) -> bool:
        """A line that says only 答案 over questions that have none, or that goes on with 1-5 ABCDA."""
        found = FIELD.fullmatch(text) or re.fullmatch(r"(?:参考|标准|正确)?(答案)()", text)
        if not found or field_of(found) != "answer" or not self.blocks:
            return False
        without = [each for each in self.blocks if "answer" not in each.fields]
        rest = found[3] if found.re is FIELD else ""  # type: ignore[misc]
        is_list = bool(_KEY_SPAN.match(rest) or len(_KEY_ONE.findall(rest)) > 1)
        self.is_key = is_list or (not rest and len(without) > 1)
        return self.is_key

    def _take_key(self, text: str) -> None:
        spelled = spelling.narrow(text)
        for first, last, answers in _KEY_SPAN.findall(spelled):
            joined = answers.split() if len(answers.split()) > 1 else list(answers)
            if len(joined) != int(last) - int(first) + 1:
                joined = list("".join(answers.split()))
            for number, answer in zip(range(int(first), int(last) + 1), joined, strict=False):
                self.keys[self.around, number] = answer
        for number, answer in _KEY_ONE.findall(_KEY_SPAN.sub(" ", spelled)):
            self.keys[self.around, int(number)] = answer

    def _continues(self, block: _Block, place: int, at: Place, text: str) -> bool:
        """Give the line to the open question; False when it begins another one."""
        field = FIELD.match(text)
        if field and self._is_next(block, field_of(field)):
            return False
        if field:
            block.begin(field_of(field), field[3])
        elif bare := BARE_ANSWER.fullmatch(text):
            block.begin("answer", bare[1])
        elif not self._take_option(block, text):
            if self._begins(block, place, at, text):
                return False
            block.add(text)
        return True

    def _is_next(self, block: _Block, field: str) -> bool:
        """True for a label with which the next question begins where nobody numbers."""
        if field == "stem":
            return any(each.strip() for each in block.fields["stem"]) or block.is_complete
        return field == "kind" and block.is_complete and (self.is_after_gap or "kind" in block.fields)

    def _take_option(self, block: _Block, text: str) -> bool:
        found = LETTERED.match(text)
        if not found or spelling.narrow(found[1]).upper() != LETTERS[len(block.options) : len(block.options) + 1]:
            return False
        if block.open not in ("stem", "option", "kind") and "answer" in block.fields and not block.options:
            return False
        for option in split(found[2], len(block.options)):
            block.begin_option(option)
        self._take_trailing(block)
        return True

    def _take_trailing(self, block: _Block) -> None:
        """An answer at the end of the line of the last option."""
        found = TRAILING.search(block.options[-1][-1])
        if found and (found[1] or found[2]):
            block.options[-1][-1] = block.options[-1][-1][: found.start()]
            block.begin("answer", found[1] or found[2])

    def _begins(self, block: _Block, place: int, at: Place, text: str) -> bool:
        found = NUMBER.match(text)
        if found:
            return self._begins_numbered(block, place, at, text)
        if not block.is_complete:
            return self.is_after_gap and not block.number and bool(block.fields["stem"])
        is_over = block.open in _ONE_LINE or (self.is_after_gap and not block.number)
        return is_over and "answer" in block.fields

    def _begins_numbered(self, block: _Block, place: int, at: Place, text: str) -> bool:
        number = number_of(text)
        if place in self.asked and (block.is_complete or number > self.last):
            return True
        if block.open == "explanation" and spelling.kind_of(self.around or "单选") != "truth":
            said = {"text": tidy_line(text)[:30]}
            self.remarks.append(
                Remark(
                    at,
                    Fault(
                        "explanation",
                        mark("“%(text)s”当作上一题解析的一部分"),
                        mark("如果是题目，请补上选项和答案"),
                        said,
                    ),
                )
            )
            return False
        return self.last < number <= self.last + 20 or block.is_complete

    def _begin(self, at: Place, text: str) -> None:
        found = NUMBER.match(text)
        number = number_of(text)
        self.last = number or self.last
        block = _Block(at, number, self.around)
        self.blocks.append(block)
        rest = found[4] if found else text
        field = FIELD.match(rest)
        if field:
            block.begin(field_of(field), field[3])
        elif rest:
            block.fields["stem"] = [rest]

    def _written(self, block: _Block) -> Written:
        fields = {name: "\n".join(texts) for name, texts in block.fields.items()}
        written = Written(kind_around=block.around, options=["\n".join(each) for each in block.options], **fields)
        take_tags(written)
        if not written.answer.strip():
            take_answer_at_end(written)
        held = None if block.options else held_options(written.stem)
        if held:
            written.stem, written.options = held
        if not written.answer.strip():
            written.answer = self.keys.get((block.around, block.number)) or self.keys.get(("", block.number), "")
        if not written.answer.strip():
            take_answer_out(written)
        return written
