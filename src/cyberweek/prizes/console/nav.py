"""The entries that draws have in the navigations; `project` offers them to the ports."""

from cyberweek.component.ports import NavItem
from cyberweek.kernel.text import mark

CONSOLE = NavItem(mark("抽奖"), "prizes_console:draws", "prize.run")
PORTAL = NavItem(mark("抽奖"), "prizes:draws")
