"""组织与分工 in the frame, and the tabs of its section; the calendar among the rules."""

from committee.register.policies import may_manage_accounts
from common.web.navigation import register_entry
from common.web.sections import ORGANISATION, RULES, register_tab

register_entry("organisation", "组织与分工", "committee:overview", 70, shortcut="z")
register_tab(ORGANISATION, "overview", "组织", "committee:overview", 10)
register_tab(ORGANISATION, "units", "单位", "committee:units", 30)
register_tab(ORGANISATION, "people", "人员", "committee:people", 40)
register_tab(ORGANISATION, "roles", "角色", "committee:roles", 50)
register_tab(ORGANISATION, "accounts", "账号", "committee:accounts", 60, may_manage_accounts)
register_tab(ORGANISATION, "handlings", "后台办理", "committee:handlings", 70, may_manage_accounts)
register_tab(RULES, "calendar", "工作日历", "committee:calendar", 40)
