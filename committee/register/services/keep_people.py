"""Adds, corrects and merges people."""

from typing import Any

from committee.bodies.models import Seat
from committee.division.models import DivisionLine
from committee.division.workflow import DivisionState
from committee.register.entering import check, demand_as_seen
from committee.register.policies import demand_keeper
from committee.roles.models import RoleAssignment
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import ActingFor, Person
from common.services import Refused, nothing_to_do, service
from common.tenancy.dated import DatedQuerySet

PERSON_FIELDS = ("name", "gender", "ethnicity", "post_title", "rank_order", "phone", "email")


@service
def add_person(*, actor: Actor, name: str, **fields: Any) -> Person:
    """Enter a person. Names are not unique: the page shows namesakes first, a duplicate is merged later."""
    demand_keeper(actor)
    person = Person(committee=actor.committee, name=_name(name), **_known(fields))
    check(person)
    person.save()
    audit(actor, "add_person", person)
    return person


@service
def correct_person(*, actor: Actor, person: Person, seen: str | None = None, **fields: Any) -> Person:
    """Correct what is known of a person; records keep the name as it was. `seen`: seen_of() of what the page showed."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    demand_keeper(actor)
    demand_as_seen(person, PERSON_FIELDS, seen)
    if "name" in fields:
        fields["name"] = _name(fields["name"])
    before = {field: getattr(person, field) for field in _known(fields)}
    changed = {field: value for field, value in _known(fields).items() if value != before[field]}
    if not changed:
        nothing_to_do()
        return person
    for field, value in changed.items():
        setattr(person, field, value)
    check(person)
    person.save(update_fields=list(changed))
    audit(actor, "correct_person", person, before={field: before[field] for field in changed}, after=changed)
    return person


@service
def merge_person(*, actor: Actor, duplicate: Person, into: Person) -> Person:
    """Point a duplicate at the person who stays; nothing that was recorded is rewritten.

    Refused while something that lasts hangs on the duplicate: it is ended or voided first and entered anew.
    """
    both = Person.objects.select_for_update().filter(pk__in=[duplicate.pk, into.pk]).order_by("pk")
    locked = {person.pk: person for person in both}
    duplicate, into = locked[duplicate.pk], locked[into.pk]
    demand_keeper(actor)
    if obstacles := merge_obstacles(duplicate, into):
        raise Refused("".join(obstacles))
    for earlier in duplicate.merged.select_for_update():
        earlier.merged_into = into
        earlier.save(update_fields=["merged_into"])
    duplicate.merged_into = into
    duplicate.save(update_fields=["merged_into"])
    audit(actor, "merge_person", duplicate, into=into.pk, into_name=into.name)
    return into


def merge_obstacles(duplicate: Person, into: Person) -> list[str]:
    """What stands against a merge, a sentence each; empty when it may be done. The page shows the same."""
    if duplicate.pk == into.pk:
        return ["不能把一个人并入其本人。"]
    if duplicate.merged_into_id:
        return [f"「{duplicate}」已经并入他人。"]
    if into.merged_into_id:
        return [f"「{into}」已并入他人，请选择保留的那一位。"]
    today = clock.today()
    obstacles = []
    for rows, what, todo in (
        (Seat.objects.all(), "席位", "请先写止日或作废，再在保留的一位名下登记。"),
        (RoleAssignment.objects.all(), "角色", "请先写止日或作废，再在保留的一位名下登记。"),
        (ActingFor.objects.all(), "登录账号", "请系统管理员先停用，再为保留的一位开通。"),
    ):
        if _lasting(rows, duplicate).exclude(valid_to__lt=today).exists():
            obstacles.append(f"要并掉的「{duplicate}」还有在任的{what}，{todo}")
    if DivisionLine.objects.filter(
        person=duplicate, division__state__in=[DivisionState.DRAFT, DivisionState.IN_FORCE]
    ).exists():
        obstacles.append(f"要并掉的「{duplicate}」在现行分工或草稿里，请先起草新的分工，改为保留的一位。")
    return obstacles


def _lasting(rows: DatedQuerySet, person: Person) -> DatedQuerySet:
    return rows.standing().filter(person=person)


def _known(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := fields.keys() - set(PERSON_FIELDS):
        raise TypeError(f"a person has no {sorted(unknown)}")
    return fields


def _name(text: str) -> str:
    """Names are kept without the spaces that offices pad them with (唐　砺)."""
    name = "".join(text.split())
    if not name:
        raise Refused("姓名不能为空。", field="name")
    return name
