"""查找 in the frame."""

from common.web.navigation import register_entry

register_entry("search", "查找", "desk:search", 80, shortcut="c")
