"""Forms of the duel's console page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class SettingsForm(forms.Form):
    """When the duel is open."""

    opens = forms.DateTimeField(label=_("开放"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))
    closes = forms.DateTimeField(label=_("截止"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("opens") and cleaned.get("closes") and cleaned["opens"] >= cleaned["closes"]:
            self.add_error("closes", _("截止时间必须晚于开放时间"))
        return cleaned


class WithdrawForm(forms.Form):
    reason = forms.CharField(label=_("撤下的理由"), max_length=200)
