"""What is asked before a display may keep the wall open."""

from django import forms
from django.utils.translation import gettext_lazy as _


class KeepForm(forms.Form):
    name = forms.CharField(
        label=_("这台大屏叫什么"),
        max_length=40,
        help_text=_("写地点就够了，例如“指挥中心东墙”，收回时好辨认。"),
    )
