"""What a person may type before a certificate is printed, and what somebody pastes to check one."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PrintForm(forms.Form):
    """A name for the sheet. It goes to the printer and nowhere else."""

    name = forms.CharField(
        label=_("证书上的姓名（可以不填）"),
        help_text=_("只印在这张证书上：不保存，不进日志，也不在签名里。"),
        max_length=40, required=False,
        error_messages={"max_length": _("最多四十个字。")},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip


class CheckForm(forms.Form):
    """The text of a certificate's code, or the whole address that it leads to."""

    text = forms.CharField(
        label=_("证书的验证文字或网址"),
        max_length=2_000,
        error_messages={"required": _("请粘贴验证文字。"), "max_length": _("太长了，不是一张证书的验证文字。")},
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_text(self) -> str:
        return self.cleaned_data["text"].rpartition("#")[2].strip()
