"""议题 in the frame."""

from common.web.navigation import register_entry

register_entry("items", "议题", "agenda:items", 20, shortcut="y")
