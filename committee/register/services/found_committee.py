"""Founds a committee: the one write that no actor can have made before it."""

from datetime import date

from django.db import transaction

from committee.bodies.models import Body
from committee.roles.models import Role, RoleAssignment
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.records.models import ChainHead
from common.services import Refused
from common.tenancy.models import Committee
from common.tenancy.scope import committee_scope

BODY_WORDS = {
    Body.Kind.CONGRESS: ("党代会", None),
    Body.Kind.PLENARY: ("全委会", 4),
    Body.Kind.STANDING: ("常委会", 24),
    Body.Kind.SECRETARY_MEETING: ("书记专题会", None),
}


def found_committee(
    *,
    name: str,
    short_name: str,
    area_name: str,
    office_word: str,
    level: str,
    day: date,
    parent: Committee | None = None,
    source: str = "命令行",
) -> Actor:
    """Make a committee with its four bodies, its chain and an administrator; returns the administrator as actor.

    It is not a @service because no actor stands before it; it leaves its audit row all the same.
    """
    if Committee.objects.filter(name=name).exists():
        raise Refused(f"「{name}」已经建立。")
    with transaction.atomic():
        committee = Committee.objects.create(
            name=name,
            short_name=short_name,
            area_name=area_name,
            office_word=office_word,
            level=level,
            parent=parent,
            created_at=clock.now(),
        )
        with committee_scope(committee.pk):
            ChainHead.objects.create(committee=committee)
            person = Person.objects.create(committee=committee, name="系统管理员", post_title="系统管理员")
            RoleAssignment.objects.create(
                committee=committee,
                person=person,
                role=Role.ADMINISTRATOR,
                valid_from=day,
                basis="建立时设定",
                recorded_at=clock.now(),
            )
            for kind, (word, yearly) in BODY_WORDS.items():
                Body.objects.create(committee=committee, kind=kind, name=f"{office_word}{word}", yearly_meetings=yearly)
            actor = Actor(committee=committee, person=person, source=source)
            audit(actor, "found_committee", committee, label=name)
    return actor
