"""Who keeps the committee's reference data: people, units, seats, roles, rules, calendar, logins."""

from committee.roles.models import Role
from committee.roles.posts import posts
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import NotAllowed

# Who holds these may see or open everything, so they are the administrator's to give.
TRUSTED_ROLES = (Role.ADMINISTRATOR, Role.AUDITOR)


def may_keep_register(actor: Actor) -> bool:
    """秘书科, the director of the general office and the administrator keep it; everybody may read it."""
    return posts(actor).holds(Role.SECRETARIAL_SECTION, Role.OFFICE_DIRECTOR, Role.ADMINISTRATOR)


def demand_keeper(actor: Actor) -> None:
    """Refuse anybody else, saying who may."""
    if not may_keep_register(actor):
        raise NotAllowed("组织、人员和规则由区委办秘书科维护。如有变动，请告知秘书科办理。")


def demand_keeper_of_role(actor: Actor, role: str) -> None:
    """系统管理员 and 审计查阅人 are named by an administrator, all other roles by whoever keeps the register."""
    demand_keeper(actor)
    if role in TRUSTED_ROLES and not may_manage_accounts(actor):
        raise NotAllowed("系统管理员和审计查阅人由现任系统管理员登记，请告知系统管理员办理。")


def may_manage_accounts(actor: Actor) -> bool:
    """Logins, and what the program does in the background, are the administrator's business alone."""
    return posts(actor).holds(Role.ADMINISTRATOR)


def demand_account_manager(actor: Actor) -> None:
    if not may_manage_accounts(actor):
        raise NotAllowed("登录账号由系统管理员办理，请与系统管理员联系。")


def may_publish_calendar(actor: Actor) -> bool:
    """The calendar counts for every committee of the installation, so one that has another above it leaves it there."""
    return may_manage_accounts(actor) and actor.committee.parent_id is None


def demand_calendar_keeper(actor: Actor) -> None:
    if may_publish_calendar(actor):
        return
    whose = f"{actor.committee.parent}的" if actor.committee.parent else ""
    raise NotAllowed(f"工作日历由各级党委共用，由{whose}系统管理员录入。放假安排公布后，请告知系统管理员。")


def may_delegate(actor: Actor, person: Person) -> bool:
    """Staff act for a person where that person or, on a written basis, the administrator says so (M15)."""
    return may_manage_accounts(actor) or (actor.person.pk == person.pk and not actor.by_staff)


def demand_delegator(actor: Actor, person: Person) -> None:
    if not may_delegate(actor, person):
        raise NotAllowed(f"代办须由{person}本人委托，或由系统管理员凭书面委托办理。")
