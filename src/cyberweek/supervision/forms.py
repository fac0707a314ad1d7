"""What people fill in about tasks."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cyberweek.units.models import Unit


class Filter(forms.Form):
    """How a list of tasks is narrowed; whatever cannot be read is left out."""

    q = forms.CharField(required=False, max_length=80)
    unit = forms.ModelChoiceField(Unit.objects.all(), required=False, to_field_name="code")
    state = forms.ChoiceField(
        required=False,
        choices=[(word, word) for word in ("open", "late", "due", "draft", "assigned", "signed", "done")],
    )
    sort = forms.ChoiceField(required=False, choices=[("due", "due"), ("no", "no"), ("unit", "unit")])


class Seen(forms.Form):
    """The step that the person saw when they decided."""

    seen = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)


class DueDay(Seen):
    """Another day for a task."""

    due = forms.DateField(
        label=_("新的期限"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请选一个日期。"), "invalid": _("日期写成 2026-09-15 这样。")},
    )


class Chosen(forms.Form):
    """Which unit tasks were ticked."""

    pair = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args, allowed: list[int], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["pair"].choices = [(pk, pk) for pk in allowed]
