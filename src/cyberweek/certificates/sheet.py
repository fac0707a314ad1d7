"""The printed certificate: A4 across, tagged for screen readers, with the code by which anybody can check it."""

from __future__ import annotations

from pathlib import Path

from babel.dates import format_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cyberweek.certificates.statement import Statement
from cyberweek.plan.models import Activity
from cyberweek.ui import qr, typeset
from cyberweek.ui.engraving import engrave
from cyberweek.ui.tokens import colours

TEMPLATE = Path(__file__).parent / "sheets" / "certificate.typ"


def pdf(activity: Activity, statement: Statement, *, address: str, name: str) -> bytes:
    """Raises typeset.NoGlyph for a name that the font cannot print."""
    campaign, tints, is_english = activity.campaign, colours(), get_language() == "en"
    place = {"campaign": campaign.name, "activity": activity.name}
    score = {"right": statement.right, "of": statement.of}
    words = {
        "lang": "en" if is_english else "zh",
        "ink": tints["field-ink"],
        "signal": tints["field-signal"],
        "figure": engrave(campaign.seed, 0, "large", ink=tints["field-ink"], river=tints["field-signal"], fade=0.4),
        "figure_says": _("活动周的图案：山城的等高线合成一面盾"),
        "title": _("合格证书"),
        "holder": name,
        "unnamed": _("（姓名）"),
        "said": _("在%(campaign)s“%(activity)s”中完成答卷，") % place,
        "score": _("答对 %(right)d 题，共 %(of)d 题，成绩合格。") % score,
        "organiser": campaign.name,
        "day": format_date(statement.day, "long", locale="en" if is_english else "zh_Hans"),
        "number": _("编号 %(number)s") % {"number": statement.number},
        "qr": qr.svg(address, whole=True),
        "qr_says": _("二维码：打开验证页，核对这张证书"),
        "scan": _("扫码核验真伪"),
        "note": _("签名只证明成绩、日期和编号；姓名由打印的人自己填写。"),
    }
    return typeset.pdf(TEMPLATE, words)
