"""Who sees what was decided, and how each voted."""

from django.db.models import Exists, OuterRef, Q

from agenda.items.models import ItemRecusal
from agenda.meetings.models import EntryItem
from agenda.meetings.workflow import MeetingState
from agenda.rules.models import PERSONNEL
from committee.roles.models import Role
from committee.roles.posts import own_persons, posts
from common.identity.actor import Actor
from decisions.outcomes.models import DecidedMatter, MatterCoUnit
from decisions.outcomes.querysets import MatterQuerySet


def visible_to(actor: Actor) -> MatterQuerySet:
    """Members see what their body decided; the office, 督查室 and the auditor all but cadre matters; units and leaders
    what concerns them, as it stands now, a leader not while he is 停职. A cadre matter is listed for members of the
    body alone (rules.md §4). As long as the meeting lasts, nobody reads how a matter ended from which he is recused.
    """
    held = posts(actor)
    seen = Q(decision__entry__meeting__body__kind__in=list(held.seats))
    if _sees_business(actor):
        return DecidedMatter.objects.filter(seen | ~_cadre()).exclude(_recused_now(actor))
    reported = EntryItem.objects.filter(entry=OuterRef("decision__entry"), item__unit__in=held.units)
    helping = MatterCoUnit.objects.filter(matter=OuterRef("pk"), unit__in=held.units)
    leads = Q(pk__in=[]) if held.is_taken_out else Q(leader=actor.person)
    concerned = leads | Q(lead_unit__in=held.units) | Q(Exists(helping)) | Q(Exists(reported))
    stands = Q(decision__superseded_by__isnull=True)
    return DecidedMatter.objects.filter(seen | concerned & stands & ~_cadre()).exclude(_recused_now(actor))


def _recused_now(actor: Actor) -> Q:
    """Of an entry of a meeting in session from which the actor, or whoever types for him, is recused."""
    recused = ItemRecusal.objects.filter(person__in=own_persons(actor), ended_at__isnull=True)
    links = EntryItem.objects.filter(item__in=recused.values("item"), entry__meeting__state=MeetingState.IN_SESSION)
    return Q(decision__entry__in=links.values("entry"))


def may_see_votes(actor: Actor, body_kind: str) -> bool:
    """How each member voted is for members of the body, the office, 督查室 and the auditor; units see the count."""
    return body_kind in posts(actor).seats or _sees_business(actor)


def _sees_business(actor: Actor) -> bool:
    return posts(actor).in_office or posts(actor).holds(Role.AUDITOR, Role.SUPERVISION_OFFICE)


def _cadre() -> Q:
    return Q(
        Exists(EntryItem.objects.filter(entry=OuterRef("decision__entry"), item__matter_kind__nature__in=PERSONNEL))
    )
