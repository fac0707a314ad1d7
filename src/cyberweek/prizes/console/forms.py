"""Forms of a draw in the console. What a sheet must say is checked by `sheet.faults`, not here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cyberweek.kernel.clock import CHINA
from cyberweek.prizes.sheet import FEN, Delivery

_MOMENT = "%Y-%m-%dT%H:%M"
_TEXTS = {
    "title": _("名称"),
    "organiser": _("主办单位"),
    "contact": _("联系方式"),
    "conditions": _("参加条件"),
    "manner": _("参加方式"),
    "draw_method": _("开奖方法"),
    "claim_way": _("领奖方式和所需材料"),
    "delivery": _("奖品发放"),
    "abandonment": _("逾期和放弃"),
    "complaints": _("投诉渠道"),
    "minors": _("未成年人"),
}
_MOMENTS = {
    "opens": _("机会开始发放"),
    "closes": _("机会截止"),
    "draw_at": _("开奖时间"),
    "claim_from": _("领奖开始"),
    "claim_until": _("领奖截止"),
}


class SheetForm(forms.Form):
    """The texts and moments of a sheet; prizes are a set of forms beside it."""

    alternates = forms.IntegerField(
        label=_("候补名次"),
        min_value=0,
        max_value=100_000,
        help_text=_("候补和获奖者在同一时间内申领，到期按名次递补。"),
    )
    erase_after_days = forms.IntegerField(label=_("领奖结束后多少天删除个人信息"), min_value=1, max_value=180)
    sources = forms.CharField(
        label=_("公开数，一行一个"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("名单封存以后才会产生、谁也不能左右的数，例如某期福利彩票开奖号码、某日上证指数收盘、drand 某一轮的随机数。"),
    )  # fmt: skip
    instant_odds = forms.IntegerField(
        label=_("即时奖：几次机会中一次"), min_value=1, required=False, help_text=_("不设即时奖就留空。")
    )
    instant_name = forms.CharField(label=_("即时奖奖品"), max_length=60, required=False)
    instant_count = forms.IntegerField(label=_("即时奖数量"), min_value=1, required=False)
    instant_value = forms.DecimalField(label=_("即时奖单价（元）"), min_value=0, decimal_places=2, required=False)

    field_order = [*_TEXTS, *_MOMENTS]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in _TEXTS.items():
            widget = (
                forms.TextInput() if name in ("title", "organiser", "contact") else forms.Textarea(attrs={"rows": 2})
            )
            self.fields[name] = forms.CharField(label=label, max_length=1_000, required=False, widget=widget)
        for name, label in _MOMENTS.items():
            widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
            self.fields[name] = forms.DateTimeField(label=label, widget=widget)
        self.order_fields(self.field_order)

    def content(self, prizes: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
        """The draft's content, in the shape of `sheet.Sheet`."""
        given = self.cleaned_data
        moments = {name: given[name].astimezone(CHINA).isoformat() for name in _MOMENTS}
        return {
            **{name: given[name].strip() for name in _TEXTS},
            "period": [moments["opens"], moments["closes"]],
            "draw_at": moments["draw_at"],
            "claim": [moments["claim_from"], moments["claim_until"]],
            "sources": [line.strip() for line in given["sources"].splitlines() if line.strip()],
            "alternates": given["alternates"],
            "erase_after_days": given["erase_after_days"],
            "prizes": [_prize(f"p{place}", each) for place, each in enumerate(prizes, 1)],
            "instant": self._instant(),
        }

    def _instant(self) -> dict[str, Any] | None:
        given = self.cleaned_data
        if not given.get("instant_odds"):
            return None
        prize = {
            "name_zh": given.get("instant_name", ""), "name_en": "", "delivery": Delivery.VOUCHER, "sponsor": "",
            "count": given.get("instant_count") or 0, "value": given.get("instant_value") or 0,
        }  # fmt: skip
        return {"prize": _prize("instant", prize), "odds": given["instant_odds"], "commitments": {}}


def initial_of(content: Mapping[str, Any]) -> dict[str, Any]:
    """The form's fields of a draft that was kept before."""
    instant = content.get("instant") or {}
    prize = instant.get("prize", {})
    moments = dict(zip(_MOMENTS, [*content["period"], content["draw_at"], *content["claim"]], strict=True))
    return {
        **{name: content.get(name, "") for name in _TEXTS},
        **{name: datetime.fromisoformat(value) for name, value in moments.items()},
        "sources": "\n".join(content["sources"]),
        "alternates": content["alternates"],
        "erase_after_days": content["erase_after_days"],
        "instant_odds": instant.get("odds"),
        "instant_name": prize.get("name_zh", ""),
        "instant_count": prize.get("count"),
        "instant_value": prize["value_fen"] / FEN if prize else None,
    }


class PrizeForm(forms.Form):
    """One prize; a line without a name is left out."""

    name_zh = forms.CharField(label=_("奖品"), max_length=60, required=False)
    name_en = forms.CharField(label=_("英文名"), max_length=60, required=False)
    delivery = forms.ChoiceField(label=_("发放"), choices=[(Delivery.VOUCHER, _("卡券")), (Delivery.GOODS, _("邮寄"))])
    count = forms.IntegerField(label=_("数量"), min_value=1, max_value=100_000, required=False)
    value = forms.DecimalField(label=_("单价（元）"), min_value=0, decimal_places=2, required=False)
    sponsor = forms.CharField(label=_("提供"), max_length=60, required=False)


PrizeFormSet = forms.formset_factory(PrizeForm, extra=2, max_num=20)


def prize_initial(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{**each, "value": each["value_fen"] / FEN} for each in content.get("prizes", [])]


def _prize(code: str, given: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: given[name] for name in ("name_zh", "name_en", "delivery", "sponsor")}
    return {**kept, "code": code, "count": given["count"] or 0, "value_fen": int((given["value"] or 0) * FEN)}


CODES_AT_ONCE = 50_000
FILE_BYTES = 2_000_000


class StockForm(forms.Form):
    """Voucher codes, one a line, pasted or as a text file."""

    prize = forms.ChoiceField(label=_("奖品"))
    codes = forms.CharField(label=_("卡券码，一行一个"), required=False, widget=forms.Textarea(attrs={"rows": 6}))
    file = forms.FileField(label=_("或选择文本文件"), required=False)

    def __init__(self, *args: Any, prizes: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["prize"].choices = prizes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lines = cleaned.get("codes", "").splitlines()
        file = cleaned.get("file")
        if file is not None and file.size > FILE_BYTES:
            self.add_error("file", _("文件超过 2 MB，请分几次入库。"))
        elif file is not None:
            try:
                lines += file.read().decode("utf-8-sig").splitlines()
            except UnicodeDecodeError:
                self.add_error("file", _("不是 UTF-8 文本文件。"))
        cleaned["lines"] = [line.strip() for line in lines if line.strip()]
        if not cleaned["lines"] and not self.errors:
            self.add_error(None, _("没有卡券码。"))
        if len(cleaned["lines"]) > CODES_AT_ONCE:
            self.add_error(None, _("一次最多入库五万个卡券码，请分几次入库。"))
        if any(len(line) > 200 for line in cleaned["lines"]):  # noqa: PLR2004 -- no voucher's code is longer
            self.add_error(None, _("有一行超过 200 个字，不像卡券码。"))
        return cleaned


class SourceForm(forms.Form):
    name = forms.CharField(widget=forms.HiddenInput, max_length=120)
    value = forms.CharField(label=_("数值"), max_length=300)
