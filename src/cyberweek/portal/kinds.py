"""What people call the kinds, roles and standings that a plan's activities have."""

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
ROLE_NAMES = {"host": _("主办"), "organiser": _("组织"), "guide": _("指导")}
STANDING_TITLES = {
    "open": _("今天正在进行"),
    "not-open": _("接下来"),
    "closed": _("已经结束"),
    "withdrawn": _("已经撤下"),
}
WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
