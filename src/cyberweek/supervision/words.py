"""Task facts as people say them. Not the words of states: those are in ui."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from cyberweek.ledger.fact import Fact
from cyberweek.supervision.facts import (
    ExtensionAsked,
    ExtensionRefused,
    TaskActTakenBack,
    TaskAssigned,
    TaskClosed,
    TaskDueMoved,
    TaskReopened,
    TaskReported,
    TaskReturned,
    TaskSignedFor,
    TaskUrged,
    TaskWithdrawn,
)

_SAID = {
    TaskAssigned.KIND: gettext_noop("交办任务"),
    TaskSignedFor.KIND: gettext_noop("签收任务"),
    TaskDueMoved.KIND: gettext_noop("改期限"),
    ExtensionAsked.KIND: gettext_noop("申请延期"),
    ExtensionRefused.KIND: gettext_noop("不同意延期"),
    TaskReported.KIND: gettext_noop("反馈办理情况"),
    TaskReturned.KIND: gettext_noop("退回补充"),
    TaskClosed.KIND: gettext_noop("登记办结"),
    TaskReopened.KIND: gettext_noop("退回重办"),
    TaskUrged.KIND: gettext_noop("催办"),
    TaskWithdrawn.KIND: gettext_noop("撤销任务"),
    TaskActTakenBack.KIND: gettext_noop("撤回上一步"),
}
DONE_WORDS = {
    "sign-for": gettext_noop("已签收。"),
    "report": gettext_noop("已反馈，等组委会办公室复核。"),
    "return": gettext_noop("已退回，单位会看到您的意见。"),
    "close": gettext_noop("已办结。"),
    "reopen": gettext_noop("已退回重办。"),
    "ask-extension": gettext_noop("延期申请已提出，在答复之前期限不变。"),
    "refuse-extension": gettext_noop("已答复：期限不变。"),
    "due": gettext_noop("期限已改。"),
    "urge": gettext_noop("已催办。"),
    "withdraw": gettext_noop("任务已撤销，单位不用再办。"),
}
BULK_WORDS = {
    "sign-for": gettext_noop("签收"),
    "assign": gettext_noop("交办"),
    "urge": gettext_noop("催办"),
    "due": gettext_noop("改期限"),
    "close": gettext_noop("办结"),
    "return": gettext_noop("退回补充"),
    "withdraw": gettext_noop("撤销任务"),
}
SHEET_WORDS = {
    "too-big": gettext_noop("表格太大：最多 5 MB。请删掉图片和空白的工作表再传。"),
    "not-a-sheet": gettext_noop("这不是 .xlsx 表格，或者设有打开密码：请用 Excel 或 WPS 另存为 .xlsx 再传。"),
    "no-columns": gettext_noop("没有找到表头：前 30 行里要有一行写着“任务”和“责任单位”。"),
    "empty": gettext_noop("表头下面没有内容：请把任务写在表头下面再传。"),
    "too-many": gettext_noop("超过 2000 行：请分成几份再传。"),
}
NEED_WORDS = {
    "words": gettext_noop("一句说明"),
    "day": gettext_noop("日期"),
    "people": gettext_noop("参与人数"),
    "photo": gettext_noop("至少一张照片"),
    "link": gettext_noop("至少一个链接"),
}
PHOTO_WORDS = {
    "too-big": gettext_noop("照片“%(name)s”超过 12 MB，没有保存：请用手机里的“压缩”或发小一点的。"),
    "not-a-photo": gettext_noop("“%(name)s”不是照片，没有保存：只收 JPEG、PNG、WebP 和 AVIF。"),
    "too-many-pixels": gettext_noop("照片“%(name)s”的像素太多，没有保存：请先缩小到 6000 万像素以内。"),
    "broken": gettext_noop("照片“%(name)s”不完整，没有保存：请重新拍或重新传。"),
    "too-many": gettext_noop("照片“%(name)s”没有保存：一项任务最多 12 张，请先删掉不要的。"),
    "infected": gettext_noop("“%(name)s”没有通过病毒检查，没有保存。请换一台设备，并请本单位检查原来的设备。"),
    "scanner-away": gettext_noop("病毒检查暂时不可用，“%(name)s”没有保存：请过一会儿再传，或请系统管理员检查。"),
}
GRADE_NAMES = {"measured": gettext_noop("实测"), "estimated": gettext_noop("估计")}


def act_words(kind: str, body: Mapping[str, Any]) -> str | None:
    """Say a task fact by its kind and body; None for a fact that belongs to another room."""
    if kind not in _SAID:
        return None
    if body.get("due"):
        return _("%(act)s，期限 %(day)s") % {"act": _(_SAID[kind]), "day": body["due"]}
    return _(_SAID[kind])


def said(fact: Fact) -> str:
    return act_words(fact.KIND, msgspec.to_builtins(fact)) or fact.KIND


def lacks_words(needs: Sequence[str]) -> str:
    """Say what a move still lacks."""
    return _("还不能提交，缺：%(needs)s。") % {"needs": _("、").join(_(NEED_WORDS[need]) for need in needs)}


def photo_words(reason: str, name: str) -> str:
    """Say why a photo was not kept, and what to do."""
    return _(PHOTO_WORDS[reason]) % {"name": name[:40]}
