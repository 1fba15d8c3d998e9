"""What the lists of units and people show on a day, gathered in a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from committee.bodies.models import Body, Seat
from committee.division.models import DivisionLine
from committee.division.questions import division_on, leaders_by_unit
from committee.roles.models import UNIT_ROLES, Role, RoleAssignment
from committee.units.models import Unit
from common.identity.models import Person


@dataclass
class UnitLine:
    """A unit with who answers for it on a day."""

    unit: Unit
    heads: list[Person] = field(default_factory=list)
    liaisons: list[Person] = field(default_factory=list)
    leaders: list[Person] = field(default_factory=list)


@dataclass
class PersonLine:
    """A person with seats and roles on a day."""

    person: Person
    seats: list[Seat] = field(default_factory=list)
    roles: list[RoleAssignment] = field(default_factory=list)

    @property
    def seat_words(self) -> str:
        """常委会书记、全委会委员: a seat in each body, by its kind."""
        return "、".join(f"{Body.Kind(seat.body.kind).label}{seat.get_kind_display()}" for seat in self.seats)

    @property
    def role_words(self) -> str:
        """教体局单位负责人、秘书科."""
        return "、".join(f"{role.unit or ''}{role.get_role_display()}" for role in self.roles)


def unit_lines(units: Iterable[Unit], day: date) -> list[UnitLine]:
    """Four queries whatever the number of units."""
    lines = {unit.pk: UnitLine(unit) for unit in units}
    roles = RoleAssignment.objects.on(day).filter(unit__in=lines, role__in=UNIT_ROLES)
    for role in roles.select_related("person").order_by("person__rank_order", "pk"):
        line = lines[role.unit_id]
        (line.heads if role.role == Role.UNIT_HEAD else line.liaisons).append(role.person)
    leaders = leaders_by_unit(day)
    for line in lines.values():
        line.leaders = leaders.get(line.unit.pk, [])
    return list(lines.values())


def person_lines(people: Iterable[Person], day: date) -> list[PersonLine]:
    """Two queries whatever the number of people."""
    lines = {person.pk: PersonLine(person) for person in people}
    for seat in Seat.objects.on(day).filter(person__in=lines).select_related("body").order_by("body_id", "pk"):
        lines[seat.person_id].seats.append(seat)
    for role in RoleAssignment.objects.on(day).filter(person__in=lines).select_related("unit").order_by("role", "pk"):
        lines[role.person_id].roles.append(role)
    return list(lines.values())


def duties_of(person: Person, day: date) -> DivisionLine | None:
    """What a person was in charge of on a day."""
    division = division_on(day)
    if division is None:
        return None
    lines = division.lines.filter(person=person).select_related("backup", "division")
    return lines.prefetch_related("units__unit").first()


def backups_for(person: Person, day: date) -> list[Person]:
    """Whose AB角 a person was on a day."""
    division = division_on(day)
    lines = division.lines.filter(backup=person).select_related("person") if division else []
    return [line.person for line in lines]
