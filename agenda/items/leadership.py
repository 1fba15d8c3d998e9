"""Who signs as 分管领导: found through the 分工 of the day of signing, not of filing (rules.md §4). The one place.

An item keeps the leader its sheet names as long as he may sign; after a new 分工, or when he has left his office, the
turn is that of whoever is in charge of its unit then.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.db.models import Exists, OuterRef, Q

from agenda.items.models import Item
from committee.bodies.models import Body, Seat
from committee.division.questions import leaders_by_unit, leaders_in_charge
from committee.roles.models import Role, RoleAssignment
from common.identity.models import Person


@dataclass(frozen=True)
class Leadership:
    """Of one day: the leaders in charge of each unit, in order of post, and who has left a leading office."""

    in_charge: dict[int, list[Person]]
    left: frozenset[int]

    @classmethod
    def on(cls, day: date) -> Self:
        """For all items; three queries."""
        return cls._without(left_office(day), leaders_by_unit(day))

    @classmethod
    def of(cls, item: Item, day: date) -> Self:
        """For one; two queries, more where its unit was renamed or has nobody in charge."""
        return cls._without(left_office(day), {item.unit_id: leaders_in_charge(item.unit_id, day)})

    @classmethod
    def _without(cls, left: frozenset[int], by_unit: dict[int, list[Person]]) -> Self:
        still = {unit: [person for person in people if person.pk not in left] for unit, people in by_unit.items()}
        return cls({unit: people for unit, people in still.items() if people}, left)

    def leader_of(self, item: Item) -> Person | None:
        """None where its leader has left and nobody is in charge of the unit."""
        in_charge = self.in_charge.get(item.unit_id)
        if in_charge is None:
            return None if item.leader_id in self.left else item.leader
        return next((one for one in in_charge if one.pk == item.leader_id), in_charge[0])

    def led_by(self, people: Collection[int]) -> Q:
        """Items, of those that name a leader, whose leader_of() is one of these persons."""
        found = Q(leader__in=set(people) - self.left) & ~Q(unit__in=self.in_charge)
        for unit, leaders in self.in_charge.items():
            ids = [one.pk for one in leaders]
            if own := set(ids) & set(people):
                found |= Q(unit=unit, leader__in=own)
            if ids[0] in people:
                found |= Q(unit=unit, leader__isnull=False) & ~Q(leader__in=ids)
        return found


def left_office(day: date) -> frozenset[int]:
    """Persons who held a seat in the 常委会 or the role of 副区长 and hold neither on this day; one query."""
    seats = Seat.objects.of_body(Body.Kind.STANDING).filter(person=OuterRef("pk"))
    deputies = RoleAssignment.objects.filter(role=Role.DEPUTY_MAYOR, person=OuterRef("pk"))
    held = Person.objects.filter(Exists(seats.standing()) | Exists(deputies.standing()))
    gone = held.exclude(Exists(seats.serving_on(day))).exclude(Exists(deputies.on(day)))
    return frozenset(gone.values_list("pk", flat=True))
