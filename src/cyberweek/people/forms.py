"""What an administrator fills in about staff."""

from __future__ import annotations

from datetime import date

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cyberweek.people.queries import ROLE_NAMES
from cyberweek.units.models import Unit


class NewStaff(forms.Form):
    """Somebody who shall sign in."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=150,
        validators=[UnicodeUsernameValidator(message=_("登录名只能用文字、数字和 @ . + - _ 。"))],
        error_messages={"required": _("请填写登录名。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("称呼"), max_length=150, required=False, help_text=_("只在工作台显示，可以不填。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip


class Contact(forms.Form):
    """How somebody is reached outside the house; both may stay empty."""

    email = forms.EmailField(
        label=_("邮箱"),
        required=False,
        error_messages={"invalid": _("邮箱写成 name@example.cn 这样。")},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = forms.RegexField(
        r"^1\d{10}$", label=_("手机号"), required=False, help_text=_("只用来发催办短信，加密保存；留空即删除。"),
        error_messages={"invalid": _("手机号是 11 位数字，以 1 开头。")},
        widget=forms.TextInput(attrs={"autocomplete": "tel-national", "inputmode": "numeric"}),
    )  # fmt: skip


class NewSeat(forms.Form):
    """A role in a unit."""

    role = forms.ChoiceField(
        label=_("职责"), choices=list(ROLE_NAMES.items()), error_messages={"invalid_choice": _("请选一种职责。")}
    )
    unit = forms.ModelChoiceField(
        label=_("单位"),
        queryset=Unit.objects.none(),
        to_field_name="code",
        empty_label=_("请选择"),
        error_messages={"required": _("请选一个单位。"), "invalid_choice": _("请从列表里选一个单位。")},
    )

    def __init__(self, *args, on: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(Q(until=None) | Q(until__gt=on))


class RosterFile(forms.Form):
    """A list of seats as .xlsx."""

    file = forms.FileField(
        label=_("岗位名单"),
        help_text=_("Excel（.xlsx），第一张表，有“单位”和“登录名”两列；“职责”“称呼”两列可以没有。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={"required": _("请先选择一个文件。"), "empty": _("文件是空的，请换一个文件。")},
    )


class NewHolder(NewStaff):
    """Whoever takes a seat over: somebody who signs in already, or somebody new."""


class FirstPassword(forms.Form):
    """The password that somebody chooses for themselves, twice."""

    password = forms.CharField(
        label=_("新密码"),
        strip=False,
        help_text=_("至少 12 个字，不要用常见的密码，也不要和登录名相近。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("请填写密码。")},
    )
    again = forms.CharField(
        label=_("再输一次"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("请把密码再输一次。")},
    )

    def clean(self) -> dict[str, str]:
        given = super().clean() or {}
        if given.get("password") and given.get("again") and given["password"] != given["again"]:
            self.add_error("again", _("两次输入的不一样，请再输一次。"))
        return given


class OwnPassword(forms.Form):
    """The password that somebody has."""

    password = forms.CharField(
        label=_("密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("请填写密码。")},
    )
