"""Rows under a header row → questions, and questions → rows. Knows nothing of workbooks or commas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from cyberweek.kernel.text import mark
from cyberweek.questions.draft import LETTERS, Fault, QuestionDraft, tidy_line
from cyberweek.questions.formats import options, spelling
from cyberweek.questions.formats.assemble import Written, assemble, cited_text
from cyberweek.questions.formats.header import columns_of, unused
from cyberweek.questions.formats.marks import heading_of
from cyberweek.questions.formats.outcome import Outcome, Place, Refused, Remark

HEAD = 20  # a header row stands among the first rows; above it may be titles and instructions
LEAST_OPTIONS = 4
_SIMPLE = (
    "kind",
    "stem",
    "answer",
    "explanation",
    "topic",
    "code",
    "difficulty",
    "situational",
    "source",
    "bases",
    "valid_from",
    "valid_to",
)
_DAYS = ("valid_from", "valid_to")
_HEADINGS = {
    "code": "编号", "topic": "专题", "kind": "题型", "stem": "题干", "answer": "正确答案", "explanation": "解析", "difficulty": "难度",
    "situational": "情景题", "source": "出处", "bases": "法律依据", "valid_from": "起始日期", "valid_to": "截止日期",
}  # fmt: skip


class Row(NamedTuple):
    """A row as text; `faults` names the columns whose cell cannot be taken for what it seems."""

    at: Place
    cells: tuple[str, ...]
    faults: dict[int, Fault] = {}

    def cell(self, column: int | None) -> str:
        return self.cells[column] if column is not None and column < len(self.cells) else ""


def has_header(rows: Sequence[Row]) -> bool:
    return any(columns_of(row.cells) for row in rows[:HEAD])


def read_rows(rows: Iterable[Row], around: str = "") -> Iterator[Outcome]:
    """Questions from below each header row; `around` is the kind that the sheet's name says."""
    columns: dict[str, int] = {}
    for row in rows:
        if found := columns_of(row.cells):
            columns = found
            yield from _unused(row, columns)
            continue
        heading = _heading(row)
        around = heading or around
        if columns and not heading and not _is_blank(row, columns):
            yield _question(row, columns, around)


def rows_of(drafts: Sequence[QuestionDraft]) -> Iterator[list[str]]:
    """A header row and a row for each question."""
    width = max([LEAST_OPTIONS, *(len(each.options) for each in drafts)])
    letters = [f"选项{letter}" for letter in LETTERS[:width]]
    before, after = ["code", "topic", "kind", "stem"], list(_HEADINGS)[4:]
    yield [*(_HEADINGS[each] for each in before), *letters, *(_HEADINGS[each] for each in after)]
    for draft in drafts:
        texts = _texts(draft)
        held = options.guarded(draft.options)
        yield [*(texts[each] for each in before), *held, *[""] * (width - len(held)), *(texts[each] for each in after)]


def _texts(draft: QuestionDraft) -> dict[str, str]:
    truth = spelling.TRUTH_WORDS[draft.answer[0]] if draft.kind == "truth" else ""
    return {
        "code": draft.code,
        "topic": draft.topic,
        "kind": spelling.KIND_WORDS[draft.kind],
        "stem": draft.stem,
        "answer": truth or spelling.written(draft.answer),
        "explanation": draft.explanation,
        "difficulty": spelling.DIFFICULTY_WORDS[draft.difficulty],
        "situational": "是" if draft.situational else "",
        "source": draft.source,
        "bases": cited_text(draft.bases),
        "valid_from": draft.valid_from.isoformat() if draft.valid_from else "",
        "valid_to": draft.valid_to.isoformat() if draft.valid_to else "",
    }


def _unused(row: Row, columns: dict[str, int]) -> Iterator[Remark]:
    names = unused(row.cells, columns)
    if names:
        yield Remark(
            row.at, Fault("", mark("没有用到的列：%(names)s"), mark("导入后不保留"), {"names": "、".join(names)[:200]})
        )


def _heading(row: Row) -> str:
    """The kind that a row names which holds nothing else."""
    said = {cell.strip() for cell in row.cells if cell.strip()}
    return heading_of(said.pop()) if len(said) == 1 else ""


def _is_blank(row: Row, columns: dict[str, int]) -> bool:
    """True when neither stem nor options nor answer say anything: merged cells may still fill the rest."""
    return not any(
        row.cell(column).strip() or column in row.faults
        for field, column in columns.items()
        if field in ("stem", "answer", "options") or field.startswith("option:")
    )


def _question(row: Row, columns: dict[str, int], around: str) -> Outcome:
    for field, column in columns.items():
        if column in row.faults and not (row.faults[column].field == "date" and field in _DAYS):
            return Refused(row.at, _of_field(row.faults[column], field), tidy_line(row.cell(columns["stem"]))[:80])
    written = Written(kind_around=around, options=_options(row, columns))
    for field in _SIMPLE:
        setattr(written, field, row.cell(columns.get(field)))
    return assemble(written, row.at)


def _of_field(fault: Fault, field: str) -> Fault:
    return Fault("options" if field.startswith("option:") else field, fault.cause, fault.way_out, fault.values)


def _options(row: Row, columns: dict[str, int]) -> list[str]:
    lettered = {
        int(field.partition(":")[2]): column for field, column in columns.items() if field.startswith("option:")
    }
    if not lettered:
        return options.in_cell(row.cell(columns.get("options")))
    return [row.cell(lettered.get(place)) for place in range(max(lettered) + 1)]
