"""The bank's entry in the console's navigation; `project` offers it to the port."""

from cyberweek.component.ports import NavItem
from cyberweek.kernel.text import mark

NAV = (NavItem(mark("题库"), "bank:index", "bank.edit"),)
