"""What people call the roles and standings that a plan's activities have."""

from django.utils.translation import gettext_lazy as _

ROLE_NAMES = {"host": _("主办"), "organiser": _("组织"), "guide": _("指导")}
STANDING_TITLES = {
    "open": _("今天正在进行"),
    "not-open": _("接下来"),
    "closed": _("已经结束"),
    "withdrawn": _("已经撤下"),
}
WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))
