"""Which imported follow-ups a person may see."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from committee.roles.models import Role
from committee.roles.posts import posts
from common.identity.actor import Actor
from oversight.followups.models import LedgerCoUnit, LedgerFollowUp


def sees_all(actor: Actor) -> bool:
    """The office, 常委 and government leaders, 督查室 and the auditor see the whole ledger."""
    held = posts(actor)
    return held.in_office or held.is_leader or held.holds(Role.SUPERVISION_OFFICE, Role.AUDITOR)


def may_look(actor: Actor) -> bool:
    """Units' heads and liaisons have a list of their own; who has no part in any has none."""
    return sees_all(actor) or bool(posts(actor).units)


def visible_to(actor: Actor) -> QuerySet[LedgerFollowUp]:
    """The matters this person may see; units see what they lead or help with, a leader what he answers for."""
    if sees_all(actor):
        return LedgerFollowUp.objects.all()
    units = posts(actor).units
    helping = LedgerCoUnit.objects.filter(follow_up=OuterRef("pk"), unit__in=units)
    return LedgerFollowUp.objects.filter(Q(lead_unit__in=units) | Q(leader=actor.person) | Exists(helping))
