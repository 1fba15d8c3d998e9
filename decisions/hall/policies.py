"""Who keeps the hall: signs in, opens, records, closes. Members' own devices and the screen come with issue 3."""

from committee.roles.posts import posts
from common.identity.actor import Actor
from common.services import NotAllowed


def may_keep_hall(actor: Actor) -> bool:
    """秘书科 and its director enter what happens in the room."""
    return posts(actor).in_office


def demand_clerk(actor: Actor) -> None:
    """Refuse anybody else, saying who does it."""
    if not may_keep_hall(actor):
        raise NotAllowed("会场由区委办秘书科登记。如需更正，请当场告知秘书科。")
