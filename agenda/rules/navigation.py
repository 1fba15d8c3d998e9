"""规则与日历 in the frame, and the rules for filing among its tabs."""

from common.web.navigation import OFFICE, register_entry
from common.web.sections import RULES, register_tab

register_entry("rules", "规则与日历", "agenda:rules", 120, group=OFFICE)
register_tab(RULES, "agenda", "上会规则", "agenda:rules", 10)
