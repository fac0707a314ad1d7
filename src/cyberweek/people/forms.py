"""Forms of the staff page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cyberweek.people.models import Seat
from cyberweek.people.queries import ROLE_NAMES
from cyberweek.units.models import Unit


class StaffForm(forms.Form):
    username = forms.SlugField(label=_("登录名"), max_length=60)
    name = forms.CharField(label=_("姓名"), max_length=60, required=False)
    password = forms.CharField(label=_("初始密码（至少 12 位）"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}))


class SeatForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("单位"))
    role = forms.ChoiceField(label=_("岗位"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(until=None).order_by("kind", "code")
        self.fields["role"].choices = [(role.value, ROLE_NAMES[role]) for role in Seat.Role]
