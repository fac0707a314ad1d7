"""What people fill in about incidents, often on a phone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cyberweek.duty.incidents.grading import GRADES, NOTHING, Measures
from cyberweek.duty.words import GRADE_NAMES, LETTER_NAMES, MEASURES, PARTY_NAMES, SORT_NAMES
from cyberweek.kernel.clock import CHINA
from cyberweek.plan.models import Activity, Campaign

_SHAPE = "%Y-%m-%dT%H:%M"
_MOST = 2_000_000_000


def _text(label, *, rows: int, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": _("请写一句话，接手的人才知道出了什么事。"),
            "max_length": _("最多写 2000 字，请写得短一些。"),
        },
    )


class _Moment(forms.DateTimeField):
    """A moment that has been, in China's time; now unless somebody says otherwise."""

    def __init__(self, label) -> None:
        super().__init__(
            label=label,
            input_formats=[_SHAPE],
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_SHAPE),
            error_messages={"required": _("请选时间。"), "invalid": _("时间写成 2026-09-15T08:30 这样。")},
        )


def _in_the_past(form: forms.Form, name: str) -> datetime:
    at = form.cleaned_data[name]
    if at > form.now:  # type: ignore[attr-defined]  # every form here is given the present moment
        raise forms.ValidationError(_("这个时间还没有到：请写已经发生的时间。"))
    return at


class _Timed(forms.Form):
    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = dict.fromkeys(("at", "told", "sent"), now.astimezone(CHINA).replace(tzinfo=None))
        self.now = now


class Figures(_Timed):
    """What is known of an incident in figures; nothing needs to be."""

    def __init__(self, *args: Any, known: Measures = NOTHING, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (label, _sorts) in MEASURES.items():
            self.fields[name] = forms.IntegerField(
                label=label, required=False, min_value=0, max_value=_MOST, initial=getattr(known, name) or None,
                error_messages={"invalid": _("请写数字，例如 300。"), "min_value": _("不能小于 0。")},
            )  # fmt: skip

    def measures(self) -> Measures:
        return Measures(**{name: self.cleaned_data[name] or 0 for name in MEASURES})


class Register(Figures):
    """An incident as somebody notices it: one line and a few taps."""

    sort = forms.ChoiceField(label=_("出了什么事"), choices=list(SORT_NAMES.items()))
    words = _text(_("一句话说明"), rows=2)
    activity = forms.ModelChoiceField(
        Activity.objects.none(), label=_("涉及哪项活动"), required=False, empty_label=_("不限于某项活动")
    )
    at = _Moment(_("什么时候发现的"))
    critical = forms.BooleanField(label=_("涉及关键信息基础设施"), required=False)
    drill = forms.BooleanField(
        label=_("这是演练"), required=False, help_text=_("走一样的流程；不真撤下活动，也不计入统计。")
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = campaign.activities.order_by("no")
        self.fields["activity"].label_from_instance = lambda each: each.name

    def clean_at(self) -> datetime:
        return _in_the_past(self, "at")

    @property
    def first(self) -> list:
        """The fields that everybody fills in."""
        return [self[name] for name in ("sort", "words", "activity", "at", "critical", "drill")]

    @property
    def more(self) -> list:
        return [self[name] for name in MEASURES]


class Grade(Figures):
    """What has become known, and perhaps a graver judgement than the figures give."""

    at_least = forms.ChoiceField(
        label=_("至少定为"),
        required=False,
        choices=[("", _("按数字定")), *((each, GRADE_NAMES[each]) for each in GRADES[1:])],
        help_text=_("判断可以比数字高，不会比数字低。"),
    )
    words = _text(_("依据"), rows=2)


class Note(forms.Form):
    words = _text(_("记一笔"), rows=2)


class Told(_Timed):
    """Who was told, when and by which way."""

    party = forms.ChoiceField(label=_("告知谁"), choices=list(PARTY_NAMES.items()))
    told = _Moment(_("什么时候"))
    words = _text(_("怎么告知的、对方怎么说"), rows=2)

    def clean_told(self) -> datetime:
        return _in_the_past(self, "told")


class Sent(_Timed):
    """Which report went out, and when."""

    letter = forms.ChoiceField(label=_("报出了哪一份"), choices=list(LETTER_NAMES.items()))
    sent = _Moment(_("什么时候报出"))

    def clean_sent(self) -> datetime:
        return _in_the_past(self, "sent")


class File(forms.Form):
    file = forms.FileField(
        label=_("证据文件"),
        allow_empty_file=False,
        help_text=_("截图、日志、邮件都可以，每个不超过 20 MB；原样留存，并记下 SHA-256。"),
        error_messages={"required": _("请选一个文件。"), "empty": _("这个文件是空的。")},
    )
