"""What people fill in about a question, a file and a review."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cyberweek.questions.draft import DIFFICULTIES, KINDS, Cited, Fault, QuestionDraft, faults, tidy, tidy_line
from cyberweek.questions.formats import spelling
from cyberweek.questions.formats.options import bare
from cyberweek.questions.models import Topic
from cyberweek.questions.words import DIFFICULTY_NAMES, KIND_NAMES, law_names, sentence

LEAST_BASES = 2
_AT = {"valid": "valid_from", "bases": "law_0"}


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _long(label: Any, rows: int, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


class QuestionForm(forms.Form):
    """A question as one edits it: options line by line, the answer as letters. `draft()` gives what was meant."""

    required_css_class = "required"
    topic = forms.ChoiceField(label=_("专题"))
    kind = forms.ChoiceField(label=_("题型"), choices=[(kind, KIND_NAMES[kind]) for kind in KINDS])
    stem = _long(_("题干"), 3)
    options = _long(_("选项"), 5, _("一行一个，不用写 A、B。判断题留空；点选题按原文顺序一行一段。"), required=False)
    answer = forms.CharField(
        label=_("正确答案"), max_length=60, help_text=_("写字母，例如 B 或 AC；判断题写“对”或“错”。")
    )
    explanation = _long(_("解析"), 3, _("居民答完就能看到；没有解析不能提交审核。"), required=False)
    difficulty = forms.TypedChoiceField(
        label=_("难度"), coerce=int, choices=[(each, DIFFICULTY_NAMES[each]) for each in DIFFICULTIES]
    )
    situational = forms.BooleanField(label=_("情景题"), required=False)
    source = forms.CharField(label=_("出处"), required=False, max_length=300)
    valid_from = _day(_("从哪天起成立"))
    valid_to = _day(_("到哪天为止"))

    def __init__(self, *args: Any, topics: list[Topic], today: date, bases: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = [(each.code, each.name) for each in topics]
        laws = [("", _("（没有）")), *law_names(today)]
        self.bases = range(max(bases + 1, LEAST_BASES))
        for place in self.bases:
            self._add_basis(place, laws)

    @staticmethod
    def data_of(draft: QuestionDraft) -> dict[str, Any]:
        """What the form shows of a question."""
        names = (
            "topic",
            "kind",
            "stem",
            "explanation",
            "difficulty",
            "situational",
            "source",
            "valid_from",
            "valid_to",
        )
        data = {name: getattr(draft, name) for name in names}
        data["options"] = "\n".join(draft.options)
        is_truth = draft.kind == "truth"
        data["answer"] = spelling.TRUTH_WORDS[draft.answer[0]] if is_truth else spelling.written(draft.answer)
        for place, each in enumerate(draft.bases):
            data |= {f"law_{place}": each.law, f"article_{place}": each.article}
            data |= {f"from_{place}": each.valid_from, f"to_{place}": each.valid_to}
        return data

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        answer = self._answer(cleaned["kind"], self._options(cleaned))
        if isinstance(answer, Fault):
            self.add_error("answer", sentence(answer))
            return cleaned
        cleaned["draft"] = self._draft(cleaned, answer)
        for fault in faults(cleaned["draft"]):
            self.add_error(_AT.get(fault.field, fault.field), sentence(fault))
        return cleaned

    def draft(self) -> QuestionDraft:
        return self.cleaned_data["draft"]

    def _draft(self, cleaned: dict[str, Any], answer: tuple[int, ...]) -> QuestionDraft:
        return QuestionDraft(
            kind=cleaned["kind"],
            stem=tidy(cleaned["stem"]),
            options=self._options(cleaned),
            answer=answer,
            explanation=tidy(cleaned["explanation"]),
            topic=cleaned["topic"],
            difficulty=cleaned["difficulty"],
            situational=cleaned["situational"],
            source=tidy_line(cleaned["source"]),
            bases=tuple(self._cited(cleaned)),
            valid_from=cleaned["valid_from"],
            valid_to=cleaned["valid_to"],
        )

    def _options(self, cleaned: dict[str, Any]) -> tuple[str, ...]:
        lines = [each for each in tidy(cleaned["options"]).split("\n") if each]
        return tuple(tidy_line(each) for each in bare(lines))

    def _answer(self, kind: str, options: tuple[str, ...]) -> tuple[int, ...] | Fault:
        said = self.cleaned_data["answer"]
        return spelling.truth_answer_of(said) if kind == "truth" else spelling.answer_of(said, options)

    def _cited(self, cleaned: dict[str, Any]) -> list[Cited]:
        return [
            Cited(
                cleaned[f"law_{place}"],
                tidy_line(cleaned[f"article_{place}"]),
                cleaned[f"from_{place}"],
                cleaned[f"to_{place}"],
            )
            for place in self.bases
            if cleaned.get(f"law_{place}")
        ]

    def _add_basis(self, place: int, laws: list[tuple[str, Any]]) -> None:
        self.fields[f"law_{place}"] = forms.ChoiceField(label=_("法律"), choices=laws, required=False)
        self.fields[f"article_{place}"] = forms.CharField(label=_("第几条"), required=False, max_length=20)
        self.fields[f"from_{place}"] = _day(_("条款从哪天起"))
        self.fields[f"to_{place}"] = _day(_("条款到哪天止"))


class BankUploadForm(forms.Form):
    """A bank as a file."""

    file = forms.FileField(
        label=_("题库文件"),
        help_text=_(
            "Excel（.xlsx）、CSV、Word（.docx）、纯文本、Moodle GIFT、Moodle XML 或 Aiken，最多 3000 题。"
            "先给您逐行核对，确认之前题库不变。"
        ),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.docx,.txt,.gift,.xml"}),
        error_messages={"required": _("请先选择一个文件。"), "empty": _("文件是空的，请换一个文件。")},
    )


class TopicsForm(forms.Form):
    """Which topics of the bank are meant by the names that a file uses; the empty name is a row without one."""

    def __init__(
        self, *args: Any, names: list[str], topics: list[Topic], chosen: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = names
        choices = [("", _("请选择")), *((each.code, each.name) for each in topics)]
        for place, name in enumerate(names):
            self.fields[f"topic_{place}"] = forms.ChoiceField(
                label=_("没有写专题的题") if not name else f"“{name}”",
                choices=choices,
                required=False,
                initial=chosen.get(name, ""),
            )

    def topics(self) -> dict[str, str]:
        return {name: self.cleaned_data[f"topic_{place}"] for place, name in enumerate(self.names)}


class SendBackForm(forms.Form):
    reason = forms.CharField(label=_("退回的理由"), max_length=300, error_messages={"required": _("请写明要改什么。")})
