"""Who holds the offices that an item's signatures and checks ask for, on a day: a few queries, the same for all."""

from collections.abc import Collection
from datetime import date
from functools import cached_property

from django.db.models import Q

from agenda.items.leadership import Leadership
from agenda.items.models import Item
from agenda.rules.models import SignStep
from committee.bodies.questions import taken_out_on
from committee.division.questions import backup_of, leaders_backed
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


def left_to_secretary(day: date) -> dict[int, str]:
    """Leaders who are 停职 without an AB角 who could sign, each with the word of his state; two queries at most."""
    out = taken_out_on(day)
    backed = leaders_backed(out, day) if out else frozenset()
    return {person: word for person, word in out.items() if person not in backed}


class Offices:
    """The holders on one day, for one item; each is looked up when first asked for."""

    def __init__(self, day: date, item: Item, reviewers: Collection[str], steps: Collection[SignStep]) -> None:
        self.day, self.item = day, item
        self._wanted = {*reviewers, *(ROLE_OF[Office(step.office)] for step in steps if step.office in ROLE_OF)}
        self._units = {step.unit_id for step in steps if step.unit_id}

    @cached_property
    def leader(self) -> Person | None:
        """分管领导."""
        return Leadership.of(self.item, self.day).leader_of(self.item)

    @cached_property
    def backup(self) -> Person | None:
        """His AB角, unless that one is 停职, too."""
        found = backup_of(self.leader.pk, self.day) if self.leader else None
        return None if found and found.pk in self._taken_out else found

    @cached_property
    def leader_state(self) -> str:
        """停职 where it takes his seat out on the day; empty where he signs himself."""
        return self._taken_out.get(self.leader.pk, "") if self.leader else ""

    @cached_property
    def _taken_out(self) -> dict[int, str]:
        return taken_out_on(self.day)

    @cached_property
    def secretary(self) -> Person | None:
        return secretary_on(self.day)

    @cached_property
    def _own_units(self) -> frozenset[int]:
        """The item's unit under all its names."""
        return frozenset(same_unit(self.item.unit_id))

    @cached_property
    def _roles(self) -> list[RoleAssignment]:
        held = RoleAssignment.objects.on(self.day).filter(role__in=self._wanted)
        own = held.filter(Q(unit__isnull=True) | Q(unit__in=self._own_units | self._units))
        return list(own.select_related("person").order_by("person__rank_order", "pk"))

    def signer(self, step: SignStep) -> Person | None:
        """The person whose signature this step asks for; None where the office is vacant.

        For a leader who is 停职 his AB角 signs, else 书记 consents in writing (rules.md §4).
        """
        match step.office:
            case Office.LEADER_IN_CHARGE:
                return (self.backup or self.secretary) if self.leader_state else self.leader
            case Office.SECRETARY:
                return self.secretary
            case Office.COUNTERSIGN:
                units = frozenset({step.unit_id}) if step.unit_id else frozenset()
            case _:
                units = self._own_units
        holders = self._holding(ROLE_OF[Office(step.office)], units)
        return holders[0] if holders else None

    def backup_for(self, step: SignStep) -> Person | None:
        """The AB角 of a leader who could sign himself; other offices have none."""
        return self.backup if step.office == Office.LEADER_IN_CHARGE and not self.leader_state else None

    def replaced(self, step: SignStep) -> Person | None:
        """The leader who is 停职, so that signer() signs in his place."""
        return self.leader if step.office == Office.LEADER_IN_CHARGE and self.leader_state else None

    def needs_consent(self, step: SignStep) -> bool:
        """No AB角 stands in: it is 书记's consent with a written opinion."""
        return self.replaced(step) is not None and self.backup is None

    def reviewers(self, role: str) -> tuple[Person, ...]:
        """Who may conclude a check of this role."""
        return self._holding(role, self._own_units)

    def _holding(self, role: str, units: Collection[int]) -> tuple[Person, ...]:
        held = (one for one in self._roles if one.role == role)
        return tuple(one.person for one in held if role not in UNIT_ROLES or one.unit_id in units)
