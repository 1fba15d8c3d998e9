"""What a person is on a day: roles, seats and units, looked up once a request. The deciding place for 'who may'."""

from dataclasses import dataclass
from datetime import date

from committee.bodies.models import Body, Seat
from committee.roles.models import UNIT_ROLES, Role, RoleAssignment
from committee.units.questions import same_unit, with_earlier
from common import clock
from common.identity.actor import Actor
from common.identity.models import ActingFor, Person


@dataclass(frozen=True)
class Posts:
    """A person's roles (with the units they are for) and seats on one day; a seat that 停职 takes out gives nothing.

    `taken_out`: kinds of the bodies whose seat a state takes out that day (committee/bodies/models.py, SeatState).
    """

    roles: frozenset[str]
    head_of: frozenset[int]
    liaison_of: frozenset[int]
    seats: dict[str, str]
    taken_out: frozenset[str] = frozenset()

    def holds(self, *roles: str) -> bool:
        return bool(self.roles.intersection(roles))

    @property
    def units(self) -> frozenset[int]:
        """Units the person works for as head or liaison."""
        return self.head_of | self.liaison_of

    @property
    def is_secretary(self) -> bool:
        return self.seats.get(Body.Kind.STANDING) == Seat.Kind.SECRETARY

    @property
    def is_standing_member(self) -> bool:
        return Body.Kind.STANDING in self.seats

    @property
    def is_leader(self) -> bool:
        """常委 and government leaders who are not: all who may be in charge of something."""
        return self.is_standing_member or self.holds(Role.MAYOR, Role.DEPUTY_MAYOR)

    @property
    def is_taken_out(self) -> bool:
        """停职, or another state that takes a seat of this person out."""
        return bool(self.taken_out)

    @property
    def in_office(self) -> bool:
        """The general office: 秘书科 and its director, who see the whole business."""
        return self.holds(Role.SECRETARIAL_SECTION, Role.OFFICE_DIRECTOR)


def posts_of(person: Person, day: date) -> Posts:
    """Two queries, whatever the number of posts; one more where a unit was renamed, whose old business stays theirs."""
    held = RoleAssignment.objects.held_by(person, day)
    roles = list(held.values_list("role", "unit_id", "unit__predecessor_id"))
    seats = list(Seat.objects.on(day).with_state(day).filter(person=person).values_list("body__kind", "kind", "is_out"))
    units = {name: {unit for role, unit, _ in roles if role == name and unit} for name in UNIT_ROLES}
    if any(predecessor for _, _, predecessor in roles):
        units = {name: with_earlier(ids) for name, ids in units.items()}
    return Posts(
        roles=frozenset(role for role, _, _ in roles),
        head_of=frozenset(units[Role.UNIT_HEAD]),
        liaison_of=frozenset(units[Role.ITEM_LIAISON]),
        seats={body: kind for body, kind, is_out in seats if not is_out},
        taken_out=frozenset(body for body, _, is_out in seats if is_out),
    )


def posts(actor: Actor) -> Posts:
    """The actor's posts today, kept for the length of the request."""
    if "posts" not in actor.memory:
        actor.memory["posts"] = posts_of(actor.person, clock.today())
    return actor.memory["posts"]


def own_persons(actor: Actor) -> frozenset[int]:
    """Ids of the person acted for and, where a delegate types for him, of whom the delegate is himself.

    What is closed to a human being is closed to his login, whomever it acts for (rules.md §2, 回避).
    """
    if not actor.by_staff or actor.account is None:
        return frozenset({actor.person.pk})
    if "own_persons" not in actor.memory:
        standing = ActingFor.objects.on(clock.today()).filter(account=actor.account, kind=ActingFor.Kind.SELF)
        actor.memory["own_persons"] = frozenset({actor.person.pk, *standing.values_list("person", flat=True)})
    return actor.memory["own_persons"]


def secretary_on(day: date) -> Person | None:
    """书记 of the committee in scope on a day; nobody while he is 停职."""
    seats = Seat.objects.of_body(Body.Kind.STANDING).acting_on(day).select_related("person")
    seat = seats.filter(kind=Seat.Kind.SECRETARY).first()
    return seat.person if seat else None


def head_on(unit_id: int, day: date) -> Person | None:
    """单位负责人 on a day, also where the unit had another name then."""
    heads = RoleAssignment.objects.holders(Role.UNIT_HEAD, day)
    found = heads.filter(unit_id=unit_id).first() or heads.filter(unit_id__in=same_unit(unit_id)).first()
    return found.person if found else None
