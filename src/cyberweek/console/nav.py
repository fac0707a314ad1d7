"""The console's navigation; `project` offers it to the port."""

from cyberweek.component.ports import NavItem
from cyberweek.kernel.text import mark

NAV = (
    NavItem(mark("今日"), "console:today", "console.enter", exact=True),
    NavItem(mark("消息"), "letters:inbox", "console.enter"),
    NavItem(mark("方案"), "console:plan", "console.enter"),
    NavItem(mark("任务"), "supervision:tasks", "task.enter"),
    NavItem(mark("活动"), "console:activities", "activity.see"),
    NavItem(mark("单位"), "console:units", "console.enter"),
    NavItem(mark("总结"), "report:summary", "report.sign"),
    NavItem(mark("台账审计"), "console:audit", "audit.read"),
    NavItem(mark("岗位"), "people:seats", "seat.read"),
    NavItem(mark("找回"), "people:recoveries", "recovery.decide"),
    NavItem(mark("登录记录"), "people:sign_ins", "sign-in.read"),
    NavItem(mark("人员"), "people:staff", "staff.edit"),
)
