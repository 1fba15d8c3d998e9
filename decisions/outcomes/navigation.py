"""决定 in the frame."""

from common.web.navigation import register_entry

register_entry("decisions", "决定", "decisions:decisions", 40, shortcut="j")
