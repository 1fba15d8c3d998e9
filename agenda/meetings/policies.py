"""Who plans a meeting, who sees it and how much of it, who answers and who rules on leave."""

from django.db.models import Exists, OuterRef, Q

from agenda.meetings.models import Meeting, NoticeRecipient
from agenda.meetings.querysets import MeetingQuerySet
from agenda.meetings.workflow import MeetingState
from committee.bodies.models import Body
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

    While a seat is 停职 the meetings of its body are closed to its holder, also one he was called to before; not to
    whoever is called in (列席) for another reason.
    """
    if sees_every(actor):
        return Meeting.objects.all()
    called = NoticeRecipient.objects.filter(notice__meeting=OuterRef("pk"), person=actor.person)
    by_seat = Q(Exists(called.filter(capacity=NoticeRecipient.Capacity.MEMBER))) | Q(chair=actor.person)
    if posts(actor).is_taken_out:
        by_seat &= ~Q(body__kind__in=closed_bodies(actor))
    called_in = Q(Exists(called.filter(capacity=NoticeRecipient.Capacity.ATTENDANT)))
    over = Q(state__in=[MeetingState.CLOSED, MeetingState.CANCELLED]) if audits(actor) else Q()
    return Meeting.objects.filter(by_seat | called_in | over)


def closed_bodies(actor: Actor) -> frozenset[str]:
    """Kinds of the bodies in which the actor's seat is 停职 today; 书记 and 副书记 sit in the 书记专题会 by theirs."""
    out = posts(actor).taken_out
    return out | {Body.Kind.SECRETARY_MEETING} if Body.Kind.STANDING in out else out


def audits(actor: Actor) -> bool:
    """Who checks what was done, years later: reads the whole of a meeting that is over, but for cadre matters."""
    return posts(actor).holds(Role.AUDITOR)
