"""Forms of the quiz's console page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cyberweek.questions.models import Topic
from cyberweek.units.models import Unit


class SettingsForm(forms.Form):
    """When the quiz is open, what passes, and how many questions of each topic a paper has."""

    opens = forms.DateTimeField(label=_("开放"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    closes = forms.DateTimeField(label=_("截止"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    pass_percent = forms.IntegerField(label=_("合格线（%）"), min_value=1, max_value=100)

    def __init__(self, *args: Any, topics: list[Topic], counts: dict[str, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.topic_codes = [topic.code for topic in topics]
        for topic in topics:
            self.fields[f"count_{topic.code}"] = forms.IntegerField(
                label=topic.name, min_value=0, max_value=20, required=False, initial=counts.get(topic.code, 0)
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("opens") and cleaned.get("closes") and cleaned["opens"] >= cleaned["closes"]:
            self.add_error("closes", _("截止时间必须晚于开放时间"))
        if not any(cleaned.get(f"count_{code}") for code in self.topic_codes):
            self.add_error(None, _("至少从一个专题抽一道题"))
        return cleaned

    def blueprint(self) -> list[dict[str, str | int]]:
        counts = ((code, self.cleaned_data.get(f"count_{code}") or 0) for code in self.topic_codes)
        return [{"topic": code, "count": count} for code, count in counts if count]


class ClassForm(forms.Form):
    """A class that shall play together."""

    name = forms.CharField(
        label=_("班级"), max_length=60, help_text=_("只在工作台显示，例如：四年级二班。"),
        error_messages={"required": _("请写班级的名字。"), "max_length": _("最多六十个字。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    unit = forms.ModelChoiceField(
        label=_("单位"), queryset=Unit.objects.none(), to_field_name="code", empty_label=_("请选择"),
        error_messages={"required": _("请选一个单位。"), "invalid_choice": _("请从列表里选一个单位。")},
    )  # fmt: skip

    def __init__(self, *args: Any, units: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        if len(only := list(units[:2])) == 1:
            self.fields["unit"].initial = only[0].code


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("撤下的理由"), max_length=200)
