"""会议 in the frame."""

from common.web.navigation import register_entry

register_entry("meetings", "会议", "agenda:meetings", 30, shortcut="h")
