"""The rehearsal's entry in the console; `project` offers it to the port."""

from cyberweek.component.ports import NavItem
from cyberweek.kernel.text import mark

NAV = NavItem(mark("彩排"), "rehearsal:findings", "plan.read")
