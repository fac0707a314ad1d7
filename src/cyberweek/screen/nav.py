"""The command wall in the console's navigation; `project` offers it to the port."""

from cyberweek.component.ports import NavItem
from cyberweek.kernel.text import mark

NAV = NavItem(mark("指挥大屏"), "wall:displays", "wall.watch")
