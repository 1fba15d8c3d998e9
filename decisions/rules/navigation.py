"""The rules of voting among the tabs of 规则与日历."""

from common.web.sections import RULES, register_tab

register_tab(RULES, "voting", "表决规则", "decisions:voting_rules", 20)
