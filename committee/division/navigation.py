"""分工 among the tabs of 组织与分工."""

from common.web.sections import ORGANISATION, register_tab

register_tab(ORGANISATION, "division", "分工", "committee:division", 20)
