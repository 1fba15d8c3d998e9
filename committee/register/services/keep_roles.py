"""Gives roles, ends and voids them."""

from datetime import date

from committee.register.entering import end, enter, locked, void
from committee.register.policies import demand_keeper_of_role
from committee.roles.models import Role, RoleAssignment
from committee.units.models import Unit
from common import clock
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from common.web.formats import cn_full_date


@service
def assign_role(
    *,
    actor: Actor,
    person: Person,
    role: str,
    valid_from: date,
    unit: Unit | None = None,
    basis: str = "",
    valid_to: date | None = None,
) -> RoleAssignment:
    """Give a person a role from a day, for a unit where the role is one of a unit."""
    demand_keeper_of_role(actor, role)
    if person.merged_into_id:
        raise Refused(f"「{person}」已并入他人，请在保留的那一位名下登记。", field="person")
    if unit and not Unit.objects.on(valid_from).filter(pk=unit.pk).exists():
        raise Refused(f"{cn_full_date(valid_from)}没有「{unit}」这个单位，请核对日期或单位。", field="unit")
    assignment = RoleAssignment(
        committee=actor.committee,
        person=person,
        role=role,
        unit=unit,
        basis=basis,
        valid_from=valid_from,
        valid_to=valid_to,
        recorded_at=clock.now(),
    )
    return enter(actor, "assign_role", assignment)


@service
def end_role(*, actor: Actor, assignment: RoleAssignment, last_day: date) -> RoleAssignment:
    """The last day of a role. The committee always keeps somebody who can open logins."""
    assignment = locked(assignment)
    demand_keeper_of_role(actor, assignment.role)
    _keep_an_administrator(assignment)
    return end(actor, "end_role", assignment, last_day)


@service
def void_role(*, actor: Actor, assignment: RoleAssignment, reason: str) -> RoleAssignment:
    """A role entered by mistake."""
    assignment = locked(assignment)
    demand_keeper_of_role(actor, assignment.role)
    _keep_an_administrator(assignment)
    return void(actor, "void_role", assignment, reason)


def _keep_an_administrator(assignment: RoleAssignment) -> None:
    """Refuse to take the role from the last administrator whose role has no end. Locks them all against a race."""
    if assignment.role != Role.ADMINISTRATOR:
        return
    lasting = RoleAssignment.objects.standing().filter(role=Role.ADMINISTRATOR, valid_to=None).order_by("pk")
    if not [row for row in lasting.select_for_update() if row.pk != assignment.pk]:
        raise Refused("这是最后一位系统管理员。请先登记接任的系统管理员，再办理这一位。")
