"""What people fill in about tasks."""

from __future__ import annotations

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from cyberweek.plan.models import Activity, Campaign
from cyberweek.supervision.evidence import KINDS
from cyberweek.supervision.queries import STATES
from cyberweek.units.models import Unit
from cyberweek.units.queries import units_on

_A_DAY = {"required": _("请选一个日期。"), "invalid": _("日期写成 2026-09-15 这样。")}
_WORDS = {"required": _("请写一句话，对方才知道要做什么。"), "max_length": _("最多写 2000 字，请写得短一些。")}
_MOST_LINKS = 10


def _day(label, **more) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, error_messages=_A_DAY, **more)


def _text(label, *, rows: int, **more) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=2000, widget=widget, error_messages=_WORDS, **more)


class Filter(forms.Form):
    """How a list of tasks is narrowed; whatever cannot be read is left out."""

    q = forms.CharField(required=False, max_length=80)
    unit = forms.ModelChoiceField(Unit.objects.all(), required=False, to_field_name="code")
    state = forms.ChoiceField(
        required=False,
        choices=[(word, word) for word in STATES if word],
    )
    sort = forms.ChoiceField(required=False, choices=[("due", "due"), ("no", "no"), ("unit", "unit")])


class Seen(forms.Form):
    """The step that the person saw when they decided."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen(self) -> int | None:
        seen = self.cleaned_data["seen"]
        return int(seen) if seen.isascii() and seen.isdigit() else None


class DueDay(Seen):
    """Another day for a task."""

    due = _day(_("新的期限"))


class Remark(Seen):
    """Why a report goes back, a closing is undone, an extension is refused, or a task is withdrawn."""

    words = _text(_("意见"), rows=2)


class Extension(Seen):
    """Another day, asked for by the unit, and why."""

    due = _day(_("申请延到"))
    words = _text(_("原因"), rows=2)


class Report(Seen):
    """What a unit says was done, with what shows it."""

    words = _text(_("办理情况"), rows=4)
    people = forms.IntegerField(
        label=_("参与人数"),
        required=False,
        min_value=0,
        max_value=10_000_000,
        error_messages={"invalid": _("人数写成数字，例如 300。"), "min_value": _("人数不能小于 0。")},
    )
    grade = forms.ChoiceField(
        label=_("人数怎么来的"),
        required=False,
        choices=[("", _("没有人数")), ("measured", _("实测（签到、扫码、清点）")), ("estimated", _("估计"))],
    )
    links = forms.CharField(
        label=_("链接"),
        required=False,
        help_text=_("每行一个，以 https:// 或 http:// 开头。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean_links(self) -> tuple[str, ...]:
        links = tuple(dict.fromkeys(self.cleaned_data["links"].split()))
        if len(links) > _MOST_LINKS:
            raise forms.ValidationError(_("最多放 10 个链接。"))
        for link in links:
            if not link.startswith(("https://", "http://")) or len(link) > 500:  # noqa: PLR2004 -- as long as browsers keep
                raise forms.ValidationError(_("“%(link)s”不是网址：请从浏览器的地址栏复制。") % {"link": link[:60]})
        return links

    def clean(self) -> dict:
        given = super().clean() or self.cleaned_data
        if given.get("people") and not given.get("grade"):
            self.add_error("grade", _("请说明人数是实测的还是估计的。"))
        return given


class Kind(forms.Form):
    """What kind of task it is."""

    kind = forms.ChoiceField(label=_("任务类型"), choices=[(kind.name, _(kind.label)) for kind in KINDS])


class OwnTask(forms.Form):
    """A task that the office sets itself."""

    text = forms.CharField(
        label=_("任务"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明要做什么。")},
    )
    lead = forms.ModelMultipleChoiceField(
        Unit.objects.none(),
        label=_("牵头单位"),
        error_messages={"required": _("请至少选一个牵头单位。")},
    )
    support = forms.ModelMultipleChoiceField(Unit.objects.none(), label=_("配合单位"), required=False)
    due = _day(_("期限"), required=False)
    kind = forms.ChoiceField(
        label=_("任务类型"),
        required=False,
        choices=[("", _("按任务的文字判断")), *((kind.name, _(kind.label)) for kind in KINDS)],
    )
    activity = forms.ModelChoiceField(
        Activity.objects.none(), label=_("所属活动"), required=False, empty_label=_("不属于某项活动")
    )

    def __init__(self, *args, campaign: Campaign, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        units = units_on(campaign.starts).exclude(kind=Unit.Kind.COLLECTIVE)
        self.fields["lead"].queryset = self.fields["support"].queryset = units
        self.fields["activity"].queryset = campaign.activities.all()
        for name in ("lead", "support"):
            self.fields[name].widget.attrs["size"] = 8


class Bulk(forms.Form):
    """One move for everything that is ticked, with what it needs."""

    act = forms.ChoiceField(error_messages={"required": _("请选要办的事。"), "invalid_choice": _("请选要办的事。")})
    due = _day(_("新的期限"), required=False)
    words = _text(_("意见"), rows=1, required=False)

    def __init__(self, *args, moves: Sequence[str], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["act"].choices = [(name, name) for name in moves]

    @property
    def first_error(self) -> str:
        return str(next(iter(self.errors.values()))[0])


class SavedView(forms.Form):
    """A name for the present filters."""

    name = forms.CharField(max_length=30)


class SheetFile(forms.Form):
    """A division of tasks as a spreadsheet."""

    file = forms.FileField(
        label=_("表格"),
        help_text=_("Excel 或 WPS 的 .xlsx，要有“任务”和“责任单位”两列；还可以有配合单位、期限、任务类型。"),
        error_messages={"required": _("请先选一个表格文件。"), "empty": _("这个文件是空的，请另选一个。")},
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
