"""The room as rows: who is here, on leave, recused or not yet come — members first, then those called in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from agenda.meetings.models import Meeting, Reply
from agenda.meetings.programme import Called, Line, Programme
from committee.bodies.questions import Member
from committee.roles.models import Role, RoleAssignment
from common.identity.models import Person
from decisions.hall.models import Attendance, DueMember

ARRIVE = Attendance.Kind.ARRIVE


@dataclass(frozen=True)
class Seat:
    """One person of the room. `event`: the coming or going that counts; `leave`: 请假 was answered before.

    `recused`: id of the 回避 line for the entry in the middle.
    """

    person_id: int
    name: str
    post: str
    member: bool
    counts: bool
    event: Attendance | None = None
    leave: bool = False
    recused: int | None = None

    @property
    def here(self) -> bool:
        return self.event is not None and self.event.kind == ARRIVE

    @property
    def since(self) -> datetime | None:
        return self.event.at if self.event else None

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
    events: Mapping[int, Attendance],
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
            event=events.get(_person(member)),
            leave=_person(member) in leaves,
            recused=(recused or {}).get(_person(member)),
        )
        for member in members
    ]
    return sorted(seats, key=lambda seat: not seat.counts)


def called_seats(
    meeting: Meeting,
    programme: Programme,
    lines: Iterable[Line],
    events: Mapping[int, Attendance],
    members: Collection[int],
) -> list[Seat]:
    """Standing attendants, and those who report and are called for these entries; the heads of units come.

    Whoever else has been entered as attending stands behind them. One query for the heads, one for further names.
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
    others = set(events) - set(people) - set(members)
    for person in Person.objects.filter(pk__in=others).by_post():
        if events[person.pk].kind == ARRIVE:
            people[person.pk] = (person.name, events[person.pk].note or person.post_title)
    return [
        Seat(pk, name, post, member=False, counts=False, event=events.get(pk))
        for pk, (name, post) in people.items()
        if pk not in members
    ]


def leaves_of(replies: Mapping[int, Reply]) -> set[int]:
    """Who has asked for leave, whether 书记 has ruled or not."""
    return {person for person, reply in replies.items() if reply.answer == Reply.Answer.LEAVE}


def _call(one: Called, units: dict[int, str], people: dict[int, tuple[str, str]]) -> None:
    if one.person_id:
        people[one.person_id] = (one.words, one.post)
    elif one.unit_id:
        units[one.unit_id] = one.words


def _person(member: Member | DueMember) -> int:
    return member.person_id if isinstance(member, DueMember) else member.person.pk
