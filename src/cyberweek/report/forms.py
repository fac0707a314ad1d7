"""Forms of the report's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cyberweek.plan.models import Activity
from cyberweek.units.models import Unit


class HeadCountForm(forms.Form):
    """People counted elsewhere: who counted, how, and where the evidence is kept."""

    activity = forms.ModelChoiceField(Activity.objects.none(), label=_("活动"))
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("报送单位"))
    day = forms.DateField(label=_("日期"), widget=forms.DateInput(attrs={"type": "date"}))
    people = forms.IntegerField(label=_("人次"), min_value=0, max_value=100_000_000)
    method = forms.ChoiceField(label=_("怎么数的"), choices=[("measured", _("逐一清点")), ("estimated", _("估算"))])
    evidence = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9._/-]{0,59}$",
        label=_("佐证编号"),
        help_text=_("字母、数字和 . _ / -，例如 签到册的编号"),
    )

    def __init__(self, *args: Any, campaign: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = Activity.objects.filter(campaign=campaign)
        self.fields["unit"].queryset = Unit.objects.filter(until=None).order_by("kind", "code")


class PassageForm(forms.Form):
    heading = forms.CharField(widget=forms.HiddenInput)
    revision = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("文字"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
