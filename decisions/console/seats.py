"""The room as rows: who is here, on leave, recused or not yet come — members first, then those called in."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from agenda.meetings.models import Meeting, Reply
from agenda.meetings.programme import Called, Line, Programme
from agenda.meetings.questions import is_declined
from committee.bodies.questions import Member
from committee.roles.models import Role, RoleAssignment
from common.identity.models import Person
from decisions.hall.models import Attendance, DueMember

ARRIVE = Attendance.Kind.ARRIVE
Visits = Mapping[int, Sequence[Attendance]]


@dataclass(frozen=True)
class Seat:
    """One person of the room. `visits`: his comings and goings, in order; `leave`: 请假 was answered before.

    `recused`: id of the 回避 line for the entry in the middle.
    """

    person_id: int
    name: str
    post: str
    member: bool
    counts: bool
    visits: Sequence[Attendance] = ()
    leave: bool = False
    recused: int | None = None
    suspended: bool = False

    @property
    def event(self) -> Attendance | None:
        """The coming or going that counts."""
        return self.visits[-1] if self.visits else None

    @property
    def here(self) -> bool:
        return self.event is not None and self.event.kind == ARRIVE

    @property
    def came(self) -> datetime | None:
        """When he came first, whether he has left since or not."""
        return self.visits[0].at if self.visits else None

    @property
    def left(self) -> datetime | None:
        """When he left, unless he came back."""
        return self.event.at if self.event and not self.here else None

    @property
    def mark(self) -> tuple[str, str]:
        """(word, tone): 到, 避, 离席, 假, 未到."""
        if self.here:
            return ("避", "bad") if self.recused is not None else ("到", "good")
        if self.event is not None:
            return ("离席", "wait")
        return ("假", "wait") if self.leave else ("未到", "neutral")


def member_seats(
    members: Iterable[Member | DueMember],
    visits: Visits,
    leaves: Collection[int],
    recused: Mapping[int, int] | None = None,
) -> list[Seat]:
    """Members of the body before the opening, DueMembers from then on; 候补 after those who count."""
    seats = [
        Seat(
            person_id=member.person_id if isinstance(member, DueMember) else member.person.pk,
            name=member.name if isinstance(member, DueMember) else member.person.name,
            post=member.post,
            member=True,
            counts=member.counts,
            visits=visits.get(_person(member), ()),
            leave=_person(member) in leaves,
            recused=(recused or {}).get(_person(member)),
            suspended=isinstance(member, Member) and member.suspended,
        )
        for member in members
    ]
    return sorted(seats, key=lambda seat: not seat.counts)


def called_seats(
    meeting: Meeting,
    programme: Programme,
    lines: Iterable[Line],
    visits: Visits,
    members: Collection[int],
    *,
    gone: bool = False,
) -> list[Seat]:
    """Standing attendants, and those who report and are called for these entries; the heads of units come.

    Whoever else has been entered as attending stands behind them, with `gone` also who has left. One query for the
    heads, one for further names.
    """
    units: dict[int, str] = {}
    people: dict[int, tuple[str, str]] = {}
    for one in programme.standing:
        _call(one, units, people)
    for line in lines:
        units |= {matter.unit_id: matter.unit for matter in line.matters}
        for one in line.attendants:
            _call(one, units, people)
    heads = RoleAssignment.objects.holders(Role.UNIT_HEAD, meeting.day).filter(unit__in=units)
    for head in heads:
        people.setdefault(head.person_id, (head.person.name, f"{units[head.unit_id or 0]}负责人"))
    others = set(visits) - set(people) - set(members)
    for person in Person.objects.filter(pk__in=others).by_post():
        first, last = visits[person.pk][0], visits[person.pk][-1]
        if gone or last.kind == ARRIVE:
            people[person.pk] = (person.name, first.note or last.note or person.post_title)
    return [
        Seat(pk, name, post, member=False, counts=False, visits=visits.get(pk, ()))
        for pk, (name, post) in people.items()
        if pk not in members
    ]


def leaves_of(replies: Mapping[int, Reply]) -> set[int]:
    """Who has asked for leave, unless 书记 has declined: then he is expected like everybody."""
    asked = {person: reply for person, reply in replies.items() if reply.answer == Reply.Answer.LEAVE}
    return {person for person, reply in asked.items() if not is_declined(reply)}


def _call(one: Called, units: dict[int, str], people: dict[int, tuple[str, str]]) -> None:
    if one.person_id:
        people[one.person_id] = (one.words, one.post)
    elif one.unit_id:
        units[one.unit_id] = one.words


def _person(member: Member | DueMember) -> int:
    return member.person_id if isinstance(member, DueMember) else member.person.pk
