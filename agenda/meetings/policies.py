"""Who plans a meeting, who sees it and how much of it, who answers and who rules on leave."""

from django.db.models import Exists, OuterRef, Q

from agenda.meetings.models import Meeting, NoticeRecipient
from agenda.meetings.querysets import MeetingQuerySet
from agenda.meetings.workflow import MeetingState
from committee.roles.models import Role
from committee.roles.posts import posts
from common.identity.actor import Actor
from common.services import NotAllowed


def may_run(actor: Actor) -> bool:
    """秘书科 and its director plan meetings, order the agenda and send notices."""
    return posts(actor).in_office


def demand_office(actor: Actor) -> None:
    """Refuse anybody else, saying who does it."""
    if not may_run(actor):
        raise NotAllowed("会议的筹备、议程和通知由区委办秘书科办理。如有意见，请告知秘书科。")


def may_rule_leave(actor: Actor) -> bool:
    """Leave is approved by 书记 (rules.md §4)."""
    return posts(actor).is_secretary


def sees_every(actor: Actor) -> bool:
    """Does this person see meetings that are planned, though nobody was called yet?"""
    return posts(actor).in_office or posts(actor).is_secretary


def visible_to(actor: Actor) -> MeetingQuerySet:
    """书记 and the general office see every meeting, the auditor those that are over, a chair his own, everybody else
    those they were called to.
    """
    if sees_every(actor):
        return Meeting.objects.all()
    called = NoticeRecipient.objects.filter(notice__meeting=OuterRef("pk"), person=actor.person)
    over = Q(state__in=[MeetingState.CLOSED, MeetingState.CANCELLED]) if audits(actor) else Q()
    return Meeting.objects.filter(Q(Exists(called)) | Q(chair=actor.person) | over)


def audits(actor: Actor) -> bool:
    """Who checks what was done, years later: reads the whole of a meeting that is over, but for cadre matters."""
    return posts(actor).holds(Role.AUDITOR)
