"""督办 in the frame, for those who have a part in it."""

from common.web.navigation import register_entry
from oversight.followups.policies import may_look

register_entry("follow_ups", "督办", "oversight:follow_ups", 50, visible=may_look, shortcut="u")
