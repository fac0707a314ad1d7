"""Duty in the console's navigation; `project` offers it to the port."""

from cyberweek.component.ports import NavItem
from cyberweek.kernel.text import mark

NAV = NavItem(mark("值班"), "duty:incidents", "duty.see")
