"""Adds, corrects, ends and voids units; rename_unit.py renames them."""

from datetime import date
from typing import Any

from committee.register.entering import check, demand_as_seen, end, enter, locked, void
from committee.register.policies import demand_keeper
from committee.roles.models import RoleAssignment
from committee.units.models import Unit
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, nothing_to_do, service

CORRECTABLE = ("phone", "rank_order", "kind")


@service
def add_unit(*, actor: Actor, short_name: str, full_name: str, kind: str, valid_from: date, **fields: Any) -> Unit:
    """Enter a unit with the day from which it exists."""
    demand_keeper(actor)
    unit = Unit(
        committee=actor.committee,
        short_name=short_name,
        full_name=full_name,
        kind=kind,
        valid_from=valid_from,
        recorded_at=clock.now(),
        **fields,
    )
    return enter(actor, "add_unit", unit)


@service
def correct_unit(*, actor: Actor, unit: Unit, seen: str | None = None, **fields: Any) -> Unit:
    """Correct telephone, kind or order; a new name is a new unit with this one as predecessor.

    `seen`: seen_of() of what the page showed.
    """
    unit = locked(unit)
    demand_keeper(actor)
    demand_as_seen(unit, CORRECTABLE, seen)
    if unknown := fields.keys() - set(CORRECTABLE):
        raise TypeError(f"a unit's {sorted(unknown)} cannot be corrected in place")
    before = {field: getattr(unit, field) for field in fields}
    if before == fields:
        nothing_to_do()
        return unit
    for field, value in fields.items():
        setattr(unit, field, value)
    check(unit, constraints=False)
    unit.save(update_fields=list(fields))
    audit(actor, "correct_unit", unit, before=before, after=fields)
    return unit


@service
def end_unit(*, actor: Actor, unit: Unit, last_day: date) -> Unit:
    """撤销: the unit's last day; the roles of the unit end with it."""
    unit = locked(unit)
    demand_keeper(actor)
    if unit.successors.filter(voided_at=None).exists():
        raise Refused(f"「{unit}」已经更名，请在更名后的单位上办理。")
    end(actor, "end_unit", unit, last_day)
    for role in roles_beyond(unit, last_day):
        if role.valid_from > last_day:
            void(actor, "void_role", role, "单位在此之前已撤销")
        else:
            end(actor, "end_role", role, last_day)
    return unit


@service
def void_unit(*, actor: Actor, unit: Unit, reason: str) -> Unit:
    """A unit entered by mistake; refused while somebody holds a role in it or it was renamed."""
    unit = locked(unit)
    demand_keeper(actor)
    if RoleAssignment.objects.standing().filter(unit=unit).exists():
        raise Refused(f"「{unit}」还登记着负责人或联络员，请先作废这些角色；单位撤销的请写止日，不要作废。")
    if unit.successors.filter(voided_at=None).exists() or unit.predecessor_id:
        raise Refused(f"「{unit}」与更名前后的单位相连，不能作废；请写止日。")
    return void(actor, "void_unit", unit, reason)


def roles_beyond(unit: Unit, day: date) -> list[RoleAssignment]:
    """The unit's roles that last beyond a day, locked."""
    roles = RoleAssignment.objects.standing().filter(unit=unit).exclude(valid_to__lte=day)
    return list(roles.select_for_update(of=("self",)).select_related("person").order_by("pk"))
