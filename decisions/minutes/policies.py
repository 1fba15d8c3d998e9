"""Who sees, drafts, reviews and signs a 纪要, and who sees a notice."""

from datetime import date

from django.db.models import Exists, OuterRef, Q

from committee.bodies.models import Body, Seat
from committee.bodies.questions import CHAIRING
from committee.roles.models import UNIT_ROLES, Role, RoleAssignment
from committee.roles.posts import posts
from committee.units.questions import with_later
from common import clock
from common.identity.actor import Actor
from common.services import NotAllowed, demand_in_person
from decisions.minutes.models import DecisionNotice, Minutes
from decisions.minutes.querysets import MinutesQuerySet, NoticeQuerySet, chair_sits
from decisions.minutes.workflow import FROZEN
from decisions.outcomes.models import DecidedMatter


def signs(actor: Actor, minutes: Minutes) -> bool:
    """Signed by who chaired the meeting; where the chair has left the 常委会 since, by 书记. Takes with_names().

    In person: no delegate signs in his name.
    """
    return not actor.by_staff and _is_signer(actor, minutes)


def _is_signer(actor: Actor, minutes: Minutes) -> bool:
    if minutes.chair_sits:
        return minutes.meeting.sitting.chair_id == actor.person.pk
    return posts(actor).is_secretary


def signer_words(minutes: Minutes) -> str:
    """Who signs, for refusals and pages."""
    return f"主持会议的{minutes.meeting.sitting.chair}" if minutes.chair_sits else "书记"


def may_read(actor: Actor) -> bool:
    """Does 纪要 stand among this person's entries at all?"""
    return bool(bodies_of(actor)) or may_inspect(actor)


def may_draft(actor: Actor) -> bool:
    """秘书科 drafts; its director may write, too."""
    return posts(actor).in_office


def may_review(actor: Actor) -> bool:
    """区委办主任 in person."""
    return not actor.by_staff and posts(actor).holds(Role.OFFICE_DIRECTOR)


def may_reopen(actor: Actor, minutes: Minutes) -> bool:
    return may_draft(actor) or signs(actor, minutes)


def may_inspect(actor: Actor) -> bool:
    """The archive sheet (digests, who did what when) is for the office and the auditor."""
    return posts(actor).in_office or posts(actor).holds(Role.AUDITOR)


def demand_drafter(actor: Actor) -> None:
    if not may_draft(actor):
        raise NotAllowed("纪要由区委办秘书科起草和修改。如有意见，请告知秘书科。")


def demand_reviewer(actor: Actor) -> None:
    if posts(actor).holds(Role.OFFICE_DIRECTOR):
        demand_in_person(actor, "审核纪要")
    if not may_review(actor):
        raise NotAllowed("纪要由区委办主任审核。")


def demand_reopener(actor: Actor, minutes: Minutes) -> None:
    if _is_signer(actor, minutes) and not may_draft(actor):
        demand_in_person(actor, "退回纪要")
    if not may_reopen(actor, minutes):
        raise NotAllowed(f"纪要由秘书科、区委办主任或{signer_words(minutes)}退回修改。")


def demand_signer(actor: Actor, minutes: Minutes) -> None:
    if _is_signer(actor, minutes):
        demand_in_person(actor, "签发纪要")
    if not signs(actor, minutes):
        raise NotAllowed(f"纪要由{signer_words(minutes)}签发。")


def receives(actor: Actor, notice: DecisionNotice) -> bool:
    """A notice is taken over by the head or the liaison of its unit, under whatever name it goes today."""
    return notice.unit_id in posts(actor).units


def receivers_of(notice: DecisionNotice, day: date) -> list[RoleAssignment]:
    """Who of the unit can take it over on a day, its head first."""
    held = RoleAssignment.objects.on(day).filter(role__in=UNIT_ROLES, unit__in=with_later([notice.unit_id]))
    return sorted(held.select_related("person"), key=lambda one: (one.role != Role.UNIT_HEAD, one.person.rank_order))


def demand_receiver(actor: Actor, notice: DecisionNotice) -> None:
    if not receives(actor, notice):
        raise NotAllowed(f"通知单由{notice.unit}的负责人或议题联络员签收。")


def bodies_of(actor: Actor) -> set[str]:
    """Kinds of body whose 纪要 the actor reads as a member; 书记 and 副书记 make up the 书记专题会."""
    seats = posts(actor).seats
    kinds = {kind for kind, seat in seats.items() if seat != Seat.Kind.DELEGATE}
    if seats.get(Body.Kind.STANDING) in CHAIRING:
        kinds.add(Body.Kind.SECRETARY_MEETING)
    return kinds


def visible_to(actor: Actor) -> MinutesQuerySet:
    """The office sees all; who chaired, or 书记 in his place where he sits no more, his own from the draft on; members
    of the body and the auditor what is signed. Units see their notices only.
    """
    held = posts(actor)
    if held.in_office:
        return Minutes.objects.all()
    signed = Q(state__in=FROZEN)
    if not held.holds(Role.AUDITOR):
        signed &= Q(meeting__body__kind__in=bodies_of(actor))
    sits = Q(chair_sits(clock.today()))
    mine = Q(meeting__sitting__chair=actor.person) & sits
    if held.is_secretary:
        mine |= ~sits
    return Minutes.objects.filter(signed | mine)


def notices_visible_to(actor: Actor) -> NoticeQuerySet:
    """Whoever sees the 纪要, besides the unit's people and, unless he is 停职, the leader in charge of a matter in it.

    督查室 sees all: a notice opens its 督办 (rules.md §4).
    """
    held = posts(actor)
    if held.in_office or held.holds(Role.AUDITOR, Role.SUPERVISION_OFFICE):
        return DecisionNotice.objects.all()
    led = DecidedMatter.objects.filter(decision=OuterRef("decision"), leader=actor.person)
    own = Q(unit__in=held.units) | (Q(pk__in=[]) if held.is_taken_out else Q(Exists(led)))
    return DecisionNotice.objects.filter(own | Q(minutes__meeting__body__kind__in=bodies_of(actor)))
