"""What an organiser fills in about an uploaded plan: one form for each kind of item. Says nothing about saving."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from cyberweek.plan.proposal import joined_span, span
from cyberweek.plan.reader.understood import KINDS
from cyberweek.plan.words import KIND_NAMES

_NAMES_HELP = _("多个单位用顿号隔开。")


class Names(forms.CharField):
    """Names in one line, kept apart by 、; cleans to a list."""

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [part.strip() for part in re.split(r"[、,，;；\n]", super().clean(value)) if part.strip()]


class Lines(forms.CharField):
    """A text each of whose lines is an item; cleans to a list."""

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


def _day(label: Any, *, required: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label, required=required, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


def _text(label: Any, *, required: bool = False) -> forms.CharField:
    return forms.CharField(label=label, required=required, max_length=200)


class ItemForm(forms.Form):
    """A form over one item of a plan: `item_data` fills it, `item` gives back what correct() takes."""

    required_css_class = "required"

    @staticmethod
    def item_data(item: Any) -> dict[str, Any]:
        return {name: getattr(item, name) for name in item.__struct_fields__}

    def item(self) -> dict[str, Any]:
        return {name: _plain(value) for name, value in self.cleaned_data.items()}


class HeaderForm(ItemForm):
    title = _text(_("标题"), required=True)
    start = _day(_("活动周开始"), required=True)
    end = _day(_("活动周结束"), required=True)
    theme = _text(_("主题"))
    launch_date = _day(_("启动仪式日期"))
    launch_place = _text(_("启动仪式地点"))
    launch_items = Lines(label=_("启动仪式内容"), required=False, help_text=_("一行一项。"))

    @staticmethod
    def item_data(item: Any) -> dict[str, Any]:
        launch = item.launch
        above = {name: getattr(item, name) for name in ("title", "start", "end", "theme")}
        return above | {"launch_date": launch.date, "launch_place": launch.place, "launch_items": launch.items}

    def item(self) -> dict[str, Any]:
        flat = super().item()
        launch = {"date": flat.pop("launch_date"), "place": flat.pop("launch_place"), "items": flat.pop("launch_items")}
        return flat | {"launch": launch}

    def clean(self) -> dict[str, Any]:
        return _in_order(self, super().clean() or {}, "start", "end")


class ActivityForm(ItemForm):
    name = _text(_("名称"), required=True)
    kind = forms.ChoiceField(label=_("活动类型"), choices=[(kind, KIND_NAMES[kind]) for kind in KINDS])
    starts = _day(_("第一天"))
    ends = _day(_("最后一天"))
    place = _text(_("地点"))
    hosts = Names(label=_("主办、牵头单位"), required=False, help_text=_NAMES_HELP)
    guides = Names(label=_("指导单位"), required=False, help_text=_NAMES_HELP)
    organisers = Names(label=_("承办、组织单位"), required=False, help_text=_NAMES_HELP)

    @staticmethod
    def item_data(item: Any) -> dict[str, Any]:
        starts, ends = span(item.date)
        return ItemForm.item_data(item) | {"starts": starts, "ends": ends}

    def item(self) -> dict[str, Any]:
        flat = self.cleaned_data
        rest = {name: _plain(flat[name]) for name in ("name", "kind", "place", "hosts", "guides", "organisers")}
        return rest | {"no": None, "date": joined_span(flat["starts"], flat["ends"])}

    def clean(self) -> dict[str, Any]:
        return _in_order(self, super().clean() or {}, "starts", "ends")


class ThemeDayForm(ItemForm):
    name = _text(_("名称"), required=True)
    date = _day(_("日期"), required=True)
    leads = Names(label=_("牵头单位"), required=False, help_text=_NAMES_HELP)


class TaskRowForm(ItemForm):
    units = Names(label=_("单位"), help_text=_NAMES_HELP)
    collective = forms.BooleanField(label=_("泛称，例如“各区县网信办”"), required=False)
    tasks = Lines(label=_("任务"), help_text=_("一行一项任务。"))


class DeadlineForm(ItemForm):
    date = _day(_("日期"), required=True)
    what = _text(_("报送什么"), required=True)
    to = _text(_("报给谁"))
    channels = Names(label=_("渠道"), required=False, help_text=_("多个渠道用顿号隔开。"))


FORMS: dict[str, type[ItemForm]] = {
    "header": HeaderForm,
    "activities": ActivityForm,
    "theme_days": ThemeDayForm,
    "task_rows": TaskRowForm,
    "deadlines": DeadlineForm,
}


class UploadForm(forms.Form):
    """A plan as a file."""

    file = forms.FileField(
        label=_("方案文件"),
        help_text=_("文本、Word（.docx）或带文字层的 PDF。上传后先给您核对，确认之前不会改动任何活动。"),
        widget=forms.FileInput(attrs={"accept": ".txt,.docx,.pdf"}),
        error_messages={"required": _("请先选择一个文件。"), "empty": _("文件是空的，请换一个文件。")},
    )


class ConfirmForm(forms.Form):
    """What the text of a plan does not say about the campaign it becomes."""

    area = forms.CharField(label=_("地区"), max_length=60, help_text=_("例如：重庆市。"))
    slug = forms.CharField(
        label=_("简称"),
        max_length=50,
        validators=[validate_slug],
        help_text=_("用于文件名，只用英文字母、数字和连字符。"),
    )


class CloneForm(forms.Form):
    """When another year's campaign begins, and what it is called if the new year in the old names does not do."""

    starts = _day(_("新的开始日期"), required=True)
    name_zh = forms.CharField(
        label=_("名称"), max_length=200, required=False, help_text=_("不写就沿用原来的名称，只换年份。")
    )
    slug = forms.CharField(
        label=_("简称"),
        max_length=50,
        required=False,
        validators=[validate_slug],
        help_text=_("用于文件名，只用英文字母、数字和连字符；不写就沿用原来的，只换年份。"),
    )


class AuditFilter(forms.Form):
    """What to look for in the trail of official acts. Every field may stay empty."""

    q = forms.CharField(label=_("事项或记录"), required=False, max_length=60)
    seat = forms.ChoiceField(label=_("岗位"), required=False)
    since = forms.DateField(
        label=_("从"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label=_("到"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, seats: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seat"].choices = [("", _("全部岗位")), *seats]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else (None if value == "" else value)


def _in_order(form: forms.Form, given: dict[str, Any], first: str, last: str) -> dict[str, Any]:
    if given.get(first) and given.get(last) and given[last] < given[first]:
        form.add_error(last, _("结束日期早于开始日期。"))
    if given.get(last) and not given.get(first):
        form.add_error(first, _("写了最后一天，也请写第一天。"))
    return given
