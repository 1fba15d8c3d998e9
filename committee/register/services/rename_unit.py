"""Gives a unit a new name: a new row that names the old one as predecessor."""

from datetime import date, timedelta

from committee.register.entering import end, enter, locked, void
from committee.register.policies import demand_keeper
from committee.register.services.keep_units import roles_beyond
from committee.roles.models import RoleAssignment
from committee.units.models import Unit
from common import clock
from common.identity.actor import Actor
from common.services import Refused, service
from common.web.formats import cn_full_date


@service
def rename_unit(*, actor: Actor, unit: Unit, short_name: str, full_name: str, valid_from: date) -> Unit:
    """更名: the old row ends the day before, a new one begins, its head and liaisons go with it.

    What was filed and decided under the old name keeps it; who answers for the new name answers for the old.
    """
    unit = locked(unit)
    demand_keeper(actor)
    if (short_name, full_name) == (unit.short_name, unit.full_name):
        raise Refused("新名称与现名称相同，没有更名。", field="full_name")
    if valid_from <= unit.valid_from:
        raise Refused(f"更名日须在现名称启用日 {cn_full_date(unit.valid_from)} 之后。", field="valid_from")
    if unit.valid_to and unit.valid_to < valid_from:
        raise Refused(f"「{unit}」已于 {cn_full_date(unit.valid_to)} 终止，不能更名。")
    last_day = unit.valid_to
    end(actor, "end_unit", unit, valid_from - timedelta(days=1))
    renamed = Unit(
        committee=actor.committee,
        short_name=short_name,
        full_name=full_name,
        kind=unit.kind,
        rank_order=unit.rank_order,
        phone=unit.phone,
        predecessor=unit,
        valid_from=valid_from,
        valid_to=last_day,
        recorded_at=clock.now(),
    )
    enter(actor, "rename_unit", renamed)
    for role in roles_beyond(unit, valid_from - timedelta(days=1)):
        _move_role(actor, role, renamed)
    return renamed


def _move_role(actor: Actor, role: RoleAssignment, renamed: Unit) -> None:
    """The same role for the renamed unit, from its first day or from the role's own if that is later."""
    first, last = max(role.valid_from, renamed.valid_from), role.valid_to
    if role.valid_from >= renamed.valid_from:
        void(actor, "void_role", role, "单位更名，改登在新名称下")
    else:
        end(actor, "end_role", role, renamed.valid_from - timedelta(days=1))
    moved = RoleAssignment(
        committee=actor.committee,
        person=role.person,
        role=role.role,
        unit=renamed,
        basis=role.basis or "单位更名",
        valid_from=first,
        valid_to=last,
        recorded_at=clock.now(),
    )
    enter(actor, "assign_role", moved)
