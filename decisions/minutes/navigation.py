"""纪要 in the frame, for those who read them; 通知单 for the people of units."""

from committee.roles.models import Role
from committee.roles.posts import posts
from common.identity.actor import Actor
from common.web.navigation import register_entry
from decisions.minutes.policies import may_read


def has_only_notices(actor: Actor) -> bool:
    """督查室, and heads and liaisons of units, who sit in no body."""
    held = posts(actor)
    return (bool(held.units) or held.holds(Role.SUPERVISION_OFFICE)) and not may_read(actor)


register_entry("minutes", "纪要", "decisions:minutes", 45, visible=may_read)
register_entry("notices", "通知单", "decisions:notices", 46, visible=has_only_notices)
