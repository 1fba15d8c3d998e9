"""Who keeps the committee's reference data: people, units, seats, roles, rules, calendar."""

from committee.roles.models import Role
from committee.roles.posts import posts
from common.identity.actor import Actor
from common.services import NotAllowed


def may_keep_register(actor: Actor) -> bool:
    """秘书科, the director of the general office and the administrator keep it; everybody may read it."""
    return posts(actor).holds(Role.SECRETARIAL_SECTION, Role.OFFICE_DIRECTOR, Role.ADMINISTRATOR)


def demand_keeper(actor: Actor) -> None:
    """Refuse anybody else, saying who may."""
    if not may_keep_register(actor):
        raise NotAllowed("组织、人员和规则由区委办秘书科维护。如有变动，请告知秘书科办理。")


def may_manage_accounts(actor: Actor) -> bool:
    """Logins are the administrator's business alone."""
    return posts(actor).holds(Role.ADMINISTRATOR)
