"""What the quiz adds to the console's navigation; `project` offers it to the port."""

from cyberweek.component.ports import NavItem
from cyberweek.kernel.text import mark

NAV = (NavItem(mark("班级答题"), "quiz_console:classes", "class.keep"),)
