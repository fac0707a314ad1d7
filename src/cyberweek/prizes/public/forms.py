"""What a claimant fills in. Nothing is ticked beforehand."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReceiptForm(forms.Form):
    """A receipt as a file or as its text."""

    text = forms.CharField(
        label=_("凭证内容"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )
    file = forms.FileField(label=_("或选择凭证文件"), required=False)

    def receipt(self) -> bytes:
        """The bytes that were given; empty when there are none, or far too many."""
        file = self.cleaned_data.get("file")
        if file is not None:
            return file.read() if file.size <= 2_000 else b""  # noqa: PLR2004 -- twice the longest receipt
        return self.cleaned_data.get("text", "").strip().encode()


class AppealForm(forms.Form):
    """What a marked participant says to it."""

    text = forms.CharField(
        label=_("您的说明"),
        max_length=500,
        help_text=_("写清您是怎样答题的。请不要写姓名、电话等个人信息，看的人不需要。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PhoneForm(forms.Form):
    """A phone number with its own consent, apart from everything else."""

    receipt = forms.CharField(widget=forms.HiddenInput, max_length=2_000)
    rank = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    phone = forms.CharField(
        label=_("手机号码"), max_length=30, error_messages={"required": _("请填写 11 位手机号码。")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )  # fmt: skip
    agree = forms.BooleanField(error_messages={"required": _("不同意就不能收集号码，也就不能领奖；您的机会仍然有效。")})
    age = forms.BooleanField(error_messages={"required": _("未满十四周岁请由监护人领取。")})

    def __init__(self, *args, consent: str, age: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agree"].label = consent
        self.fields["age"].label = age


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("短信验证码"), max_length=12, error_messages={"required": _("请填写短信里的六位数字。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )  # fmt: skip


class AddressForm(forms.Form):
    name = forms.CharField(label=_("收件人"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    address = forms.CharField(
        label=_("收件地址"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "street-address"}),
    )  # fmt: skip
