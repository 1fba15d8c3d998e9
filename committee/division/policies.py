"""Who drafts a division and puts it in force, and who sees which."""

from committee.division.models import Division, DivisionQuerySet
from committee.division.workflow import DivisionState
from committee.roles.posts import posts
from common.identity.actor import Actor
from common.services import NotAllowed


def may_draft_division(actor: Actor) -> bool:
    """秘书科 and its director draft; what is in force everybody of the committee may read."""
    return posts(actor).in_office


def demand_drafter(actor: Actor) -> None:
    if not may_draft_division(actor):
        raise NotAllowed("分工由区委办秘书科起草和维护。")


def visible_to(actor: Actor) -> DivisionQuerySet:
    """What holds or held is open to the whole committee; drafts and those given up only to who drafts."""
    if may_draft_division(actor):
        return Division.objects.all()
    return Division.objects.filter(state__in=[DivisionState.IN_FORCE, DivisionState.SUPERSEDED])
