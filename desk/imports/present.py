"""What the register holds on the day of an import: loaded once, and told to the reader as what it may know names by."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Self

from agenda.rules.models import MatterKind
from committee.bodies.models import Body, Seat, SeatState, Term
from committee.roles.models import Role, RoleAssignment
from committee.units.models import Unit
from common import clock
from common.identity.models import Person
from common.tenancy.models import Committee
from desk.imports import names
from desk.imports.text import fold


@dataclass(frozen=True)
class Present:
    """People, units, seats, roles, terms and matters of the committee in scope on a day; a constant number of queries.

    `seats` are those of a person that were not voided, the ended ones too.
    """

    committee: Committee
    day: date
    people: dict[int, Person]
    units: dict[int, Unit]
    bodies: dict[str, Body]
    terms: dict[int, Term]
    seats: dict[int, list[Seat]]
    seats_with_state: frozenset[int]
    roles: list[RoleAssignment]
    matters: list[MatterKind]

    @classmethod
    def load(cls, committee: Committee) -> Self:
        """Ask the database."""
        day = clock.today()
        seats = defaultdict(list)
        for seat in Seat.objects.standing().select_related("body", "term", "person").order_by("valid_from", "pk"):
            seats[seat.person_id].append(seat)
        states = SeatState.objects.standing().exclude(valid_to__lt=day)
        return cls(
            committee=committee,
            day=day,
            people={person.pk: person for person in Person.objects.current().by_post()},
            units={unit.pk: unit for unit in Unit.objects.on(day).in_order()},
            bodies={body.kind: body for body in Body.objects.all()},
            terms={term.number: term for term in Term.objects.all()},
            seats=dict(seats),
            seats_with_state=frozenset(states.values_list("seat_id", flat=True)),
            roles=list(RoleAssignment.objects.on(day).select_related("person").order_by("pk")),
            matters=list(MatterKind.objects.on(day).listed()),
        )

    def seats_from_today(self, person: int, body: str) -> list[Seat]:
        """Seats of a person in a body that last on this day or begin later."""
        return [
            seat
            for seat in self.seats.get(person, ())
            if seat.body.kind == body and (seat.valid_to is None or seat.valid_to >= self.day)
        ]

    def holders(self, role: str, unit: int) -> list[RoleAssignment]:
        """Who holds a unit's role on this day."""
        return [held for held in self.roles if held.role == role and held.unit_id == unit]

    def known(self) -> names.Known:
        """What the reader may know: everybody with what tells namesakes apart, units, matters with their bodies."""
        matters: dict[str, set[names.Body]] = defaultdict(set)
        for matter in self.matters:
            matters[matter.name].add(names.Body(matter.body_kind))
        of_units: dict[int, list[str]] = defaultdict(list)
        for held in self.roles:
            if held.unit_id in self.units:
                of_units[held.person_id].append(f"{self.units[held.unit_id].short_name}{Role(held.role).label}")
        return names.Known(
            matters={name: frozenset(bodies) for name, bodies in matters.items()},
            persons=tuple(self._as_known(person, of_units[person.pk]) for person in self.people.values()),
            units=tuple(names.Unit(unit.short_name, unit.full_name, unit.pk) for unit in self.units.values()),
            place=place_in(self.committee.name),
        )

    def _as_known(self, person: Person, roles: list[str]) -> names.Person:
        seats = [seat.get_kind_display() for seat in self.seats.get(person.pk, ())]
        marks = (person.get_gender_display(), person.ethnicity.removesuffix("族"), *seats, *roles, person.post_title)
        return names.Person(person.name, "", marks, person.pk)


def place_in(committee_name: str) -> str:
    """The place in a committee's full name: 中国共产党清宁市云川区委员会 → 清宁市云川区."""
    name = fold(committee_name).removeprefix("中国共产党").removeprefix("中共")
    return name.removesuffix("委员会")
