"""Who holds the offices that an item's signatures and checks ask for, on a day: a few queries for all."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Q

from agenda.items.leadership import Leadership
from agenda.items.models import Item
from agenda.rules.models import SignStep
from committee.division.questions import backup_of
from committee.roles.models import UNIT_ROLES, Role, RoleAssignment
from committee.roles.posts import secretary_on
from committee.units.questions import same_unit
from common.identity.models import Person

Office = SignStep.Office
ROLE_OF = {
    Office.UNIT_HEAD: Role.UNIT_HEAD,
    Office.COUNTERSIGN: Role.UNIT_HEAD,
    Office.MAYOR: Role.MAYOR,
    Office.OFFICE_DIRECTOR: Role.OFFICE_DIRECTOR,
}


@dataclass(frozen=True)
class Offices:
    """The holders on one day, for one item."""

    leader: Person | None
    backup: Person | None
    secretary: Person | None
    own_units: frozenset[int]
    roles: tuple[RoleAssignment, ...]

    @classmethod
    def on(cls, day: date, item: Item, reviewers: Iterable[str], steps: Collection[SignStep]) -> Self:
        own = frozenset(same_unit(item.unit_id))
        wanted = {*reviewers, *(ROLE_OF[Office(step.office)] for step in steps if step.office in ROLE_OF)}
        units = own | {step.unit_id for step in steps if step.unit_id}
        roles = RoleAssignment.objects.on(day).filter(Q(unit__isnull=True) | Q(unit__in=units), role__in=wanted)
        leads = any(step.office == Office.LEADER_IN_CHARGE for step in steps)
        leader = Leadership.of(item, day).leader_of(item) if leads else None
        return cls(
            leader=leader,
            backup=backup_of(leader.pk, day) if leader else None,
            secretary=secretary_on(day),
            own_units=own,
            roles=tuple(roles.select_related("person").order_by("person__rank_order", "pk")),
        )

    def signer(self, step: SignStep) -> Person | None:
        """The person whose signature this step asks for; None where the office is vacant."""
        match step.office:
            case Office.LEADER_IN_CHARGE:
                return self.leader
            case Office.SECRETARY:
                return self.secretary
            case Office.COUNTERSIGN:
                units = frozenset({step.unit_id}) if step.unit_id else frozenset()
            case _:
                units = self.own_units
        holders = self._holding(ROLE_OF[Office(step.office)], units)
        return holders[0] if holders else None

    def backup_for(self, step: SignStep) -> Person | None:
        """The leader's AB角, who may sign in his place; other offices have none."""
        return self.backup if step.office == Office.LEADER_IN_CHARGE else None

    def reviewers(self, role: str) -> tuple[Person, ...]:
        """Who may conclude a check of this role."""
        return self._holding(role, self.own_units)

    def _holding(self, role: str, units: Collection[int]) -> tuple[Person, ...]:
        held = (one for one in self.roles if one.role == role)
        return tuple(one.person for one in held if role not in UNIT_ROLES or one.unit_id in units)
