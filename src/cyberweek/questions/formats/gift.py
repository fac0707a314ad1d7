"""Moodle GIFT. Choices, true and false; weights, feedback, comments, categories, and the tags of newer Moodles.

Forms that cannot be marked as a choice (short answers, numbers, pairs, essays) are refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from cyberweek.kernel.text import mark
from cyberweek.questions.draft import Fault, QuestionDraft, tidy_line
from cyberweek.questions.formats import markup, spelling, tags
from cyberweek.questions.formats.assemble import Written, assemble
from cyberweek.questions.formats.decoding import lines_in
from cyberweek.questions.formats.outcome import Outcome, Place, Refused, Remark

_SPECIAL = re.compile(r"([\\~=#{}:])")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_UNNAMED = "题"
_TAG = re.compile(r"\[(id|tag):((?:\\.|[^\]\\])*)\]")
_PLAIN_TAG = re.compile(r"([\\\]])")
_PLAIN = re.compile(r"\\(.)")
_FORM = re.compile(r"\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_TRUTH = re.compile(r"(T|TRUE|F|FALSE)\s*(?=#|$)", re.IGNORECASE)
_WEIGHT = re.compile(r"%(-?\d{1,3}(?:\.\d{1,8})?)%")
_REFUSED = {
    "short": mark("这是填空题（只有 = 没有 ~）"),
    "number": mark("这是数值题"),
    "pairs": mark("这是匹配题"),
    "essay": mark("这是问答题"),
}


class _Choice(NamedTuple):
    is_wrong: bool
    text: str
    weight: float
    feedback: str


def read(data: bytes) -> Iterator[Outcome]:
    category = ""
    for number, lines in _chunks(lines_in(data)):
        said = " ".join(line for line in lines if line.lstrip().startswith("//"))
        rest = "\n".join(line for line in lines if not line.lstrip().startswith("//")).strip()
        if rest.startswith("$CATEGORY:"):
            first, _, rest = rest.partition("\n")
            category = tags.topic_in(first.removeprefix("$CATEGORY:"))
        if rest.strip():
            yield from _question(Place(number), rest.strip(), said, category)


def write(drafts: Sequence[QuestionDraft]) -> bytes:
    parts, category = [], None
    for draft in drafts:
        if draft.topic != category:
            parts.append(f"$CATEGORY: {tags.category_path(draft.topic)}\n")
            category = draft.topic
        parts.append(_written(draft))
    return "\n".join(parts).encode()


def _chunks(lines: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Runs of lines between empty ones, each with the number of its first line."""
    gathered: list[str] = []
    for number, line in enumerate([*lines, ""], 1):
        if line.strip():
            gathered.append(line)
        elif gathered:
            yield number - len(gathered), gathered
            gathered = []


def _question(at: Place, text: str, comments: str, category: str) -> Iterator[Outcome]:
    name, text = _name(text)
    form, text = _form(text)
    opened, closed = _find(text, "{"), _find(text, "}")
    stem = markup.said(form, _unescape(text if opened < 0 else text[:opened]))
    if opened < 0 or closed < opened:
        yield _refused(at, stem, "answer", mark("没有写在 { } 里的答案"), mark("请写成 {=正确 ~错误}"))
        return
    inside, after = text[opened + 1 : closed], text[closed + 1 :].strip()
    if after:
        stem = f"{stem.strip()} ____ {markup.said(form, _unescape(after))}"
    answers, explanation = _explained(inside)
    written = Written(stem=stem, topic=category, explanation=markup.said(form, _unescape(explanation)))
    marks = [(kind, _PLAIN.sub(r"\1", value)) for kind, value in _TAG.findall(comments)]
    written.code = next((value for kind, value in marks if kind == "id"), _unescape(name))
    tags.take(written, (value for kind, value in marks if kind == "tag"))
    if markup.has_picture(form, text):
        yield _refused(at, stem, "stem", mark("题里有图片或视频"), mark("请用文字说明，或删去图片"))
        return
    yield from _answered(at, written, answers.strip(), form)


def _answered(at: Place, written: Written, answers: str, form: str) -> Iterator[Outcome]:
    truth = _TRUTH.match(answers)
    if truth and not re.search(r"(?<!\\)[=~]", answers[: truth.end()]):
        written.kind = spelling.KIND_WORDS["truth"]
        written.answer = "对" if truth[1][0] in "Tt" else "错"
        feedback = [markup.said(form, _unescape(each)) for each in answers[truth.end() :].split("#") if each.strip()]
        written.explanation = written.explanation or "\n".join(feedback)
        yield assemble(written, at)
        return
    choices = _choices(answers)
    sort = _sort_of(answers, choices)
    if sort:
        yield _refused(at, written.stem, "kind", _REFUSED[sort], mark("请改成单选、多选、判断或点选题"))
        return
    written.options = [markup.said(form, each.text) for each in choices]
    written.answer = _right(choices)
    if not written.kind:
        whole = [each for each in choices if each.weight > 0]
        is_single = len(whole) == 1 and whole[0].weight == 100
        written.kind = spelling.KIND_WORDS["single" if is_single else "multiple"]
    told = [each.feedback for each in choices if each.feedback]
    if not written.explanation:
        written.explanation = "\n".join(
            markup.said(form, each.feedback) for each in choices if each.weight > 0 and each.feedback
        )
    elif told:
        yield Remark(at, Fault("explanation", mark("各选项的反馈没有导入"), mark("需要的话请并入解析")))
    yield assemble(written, at)


def _right(choices: Sequence[_Choice]) -> str:
    right = [place for place, each in enumerate(choices) if each.weight > 0]
    return spelling.written([place for place in right if place < len(spelling.LETTERS)])


def _sort_of(answers: str, choices: Sequence[_Choice]) -> str:
    """Why these answers are no choice; '' when they are one."""
    if not answers:
        return "essay"
    if answers.startswith("#"):
        return "number"
    if any(each.is_wrong for each in choices):
        return ""
    return "pairs" if choices and all("->" in each.text for each in choices) else "short"


def _choices(answers: str) -> list[_Choice]:
    """Each =right and ~wrong with its weight in per cent and its feedback."""
    found = []
    starts = [each.start() for each in re.finditer(r"\\.|[=~]", answers) if each[0] in "=~"]
    for start, end in pairwise([*starts, len(answers)]):
        text, weight = answers[start + 1 : end].strip(), 100.0 if answers[start] == "=" else 0.0
        weighed = _WEIGHT.match(text)
        if weighed:
            text, weight = text[weighed.end() :], float(weighed[1])
        cut = _find(text, "#")
        feedback = text[cut + 1 :] if cut >= 0 else ""
        found.append(
            _Choice(answers[start] == "~", _unescape(text[:cut] if cut >= 0 else text), weight, _unescape(feedback))
        )
    return found


def _name(text: str) -> tuple[str, str]:
    if not text.startswith("::"):
        return "", text
    end = next((each.start() for each in re.finditer(r"\\.|::", text[2:]) if each[0] == "::"), None)
    return ("", text) if end is None else (text[2 : 2 + end].strip(), text[4 + end :].strip())


def _form(text: str) -> tuple[str, str]:
    found = _FORM.match(text)
    return (found[1].lower(), text[found.end() :]) if found else ("", text)


def _explained(inside: str) -> tuple[str, str]:
    """The answers, and what follows an unescaped ####."""
    for found in re.finditer(r"\\.|####", inside):
        if found[0] == "####":
            return inside[: found.start()], inside[found.end() :]
    return inside, ""


def _find(text: str, sign: str) -> int:
    """Where a sign stands that is not escaped; -1 when it stands nowhere."""
    return next(
        (each.start() for each in re.finditer(r"\\.|" + re.escape(sign), text, re.DOTALL) if each[0] == sign), -1
    )


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda found: "\n" if found[1] == "n" else found[1], text)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def _escape_tag(text: str) -> str:
    return _PLAIN_TAG.sub(r"\\\1", text)


def _written(draft: QuestionDraft) -> str:
    marks = [f"[id:{draft.code}]"] if draft.code else []
    marks += [f"[tag:{_escape_tag(each)}]" for each in tags.tags_of(draft)]
    answers = [f"\t{each}" for each in _answers(draft)]
    if draft.explanation:
        answers.append(f"\t####{_escape(draft.explanation)}")
    return "\n".join(
        [f"// {' '.join(marks)}", f"::{draft.code or _UNNAMED}::[plain]{_escape(draft.stem)}{{", *answers, "}", ""]
    )


def _answers(draft: QuestionDraft) -> Iterator[str]:
    if draft.kind == "truth":
        yield ("TRUE", "FALSE")[draft.answer[0]]
        return
    share = f"%{100 / len(draft.answer):.5f}".rstrip("0").rstrip(".") + "%"
    for place, option in enumerate(draft.options):
        right = place in draft.answer
        if draft.kind == "single":
            weight = ("%100%" if right else "%0%") if option.startswith("%") else ""
            yield f"{'=' if right else '~'}{weight}{_escape(option)}"
        else:
            yield f"~{share if right else '%-100%'}{_escape(option)}"


def _refused(at: Place, stem: str, field: str, cause: str, way_out: str) -> Refused:
    return Refused(at, Fault(field, cause, way_out), tidy_line(stem)[:80])
