"""What people call the kinds of activity that a plan may name."""

from django.utils.translation import gettext_lazy as _

KIND_NAMES = {
    "gathering": _("论坛与仪式"),
    "expo": _("体验展"),
    "contest": _("攻防竞赛"),
    "theme-days": _("主题日"),
    "recommendation": _("企业推荐"),
    "works": _("作品征集"),
    "quiz": _("知识问答"),
    "duel": _("在线对战"),
    "survey": _("满意度调查"),
    "classroom": _("云课堂"),
    "media": _("媒体宣传"),
    "outreach": _("进基层"),
    "other": _("其他"),
}
