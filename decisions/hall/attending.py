"""Coming and going: who may be signed in, when, and how an event is written, for services that hold the lock."""

from collections.abc import Iterable, Mapping

from agenda.meetings.models import AgendaEntry, Meeting, NoticeRecipient
from agenda.meetings.programme import load_programme
from agenda.meetings.workflow import EntryState, MeetingState
from committee.bodies.questions import Member, members_on
from committee.roles.models import Role, RoleAssignment
from common import clock
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused
from decisions.hall.models import Attendance, Sitting
from decisions.hall.opening import wrong_day

SIGNING_IN = (MeetingState.NOTIFIED, MeetingState.IN_SESSION)


def members_of(meeting: Meeting) -> dict[int, Member]:
    """By person, who sits in the body on the meeting's day, 候补 included; who counts is DueMember's business."""
    return {member.person.pk: member for member in members_on(meeting.body, meeting.day)}


def demand_none_suspended(members: Mapping[int, Member], people: Iterable[Person]) -> None:
    """停职 takes the seat in the room, too, also where it still counts in 应到 (rules.md §2)."""
    out = [person.name for person in people if person.pk in members and members[person.pk].suspended]
    if out:
        raise Refused(f"{'、'.join(out)}在开会那天停职，不能签到。登记有误的，请先在「组织」里更正席位状态。")


def is_called(meeting: Meeting, person: Person) -> bool:
    """Told by a notice, named as attending, or head or liaison of a unit that reports or attends."""
    if NoticeRecipient.objects.filter(notice__meeting=meeting, person=person).exists():
        return True
    programme = load_programme(meeting)
    if person.pk in programme.called_people():
        return True
    units = programme.called_units()
    roles = (Role.UNIT_HEAD, Role.ITEM_LIAISON)
    return RoleAssignment.objects.held_by(person, meeting.day).filter(role__in=roles, unit__in=units).exists()


def why_no_signing_in(meeting: Meeting) -> str:
    """Before the opening, on the meeting's day alone; empty where people can be signed in."""
    if meeting.state != MeetingState.NOTIFIED:
        return ""
    return wrong_day(meeting, "签到", "请在开会当天签到；")


def demand_signing_in(meeting: Meeting) -> None:
    """Coming and going is entered from the meeting's morning until it closes."""
    demand_open_roll(meeting)
    if words := why_no_signing_in(meeting):
        raise Refused(words)


def demand_open_roll(meeting: Meeting) -> None:
    """What was entered can be taken back from the notice until the meeting closes, whatever day it was moved to."""
    if meeting.state == MeetingState.PLANNED:
        raise Refused(f"{meeting}还没有发通知。请先发出会议通知，再签到。")
    if meeting.state not in SIGNING_IN:
        raise Refused(f"{meeting}{meeting.get_state_display()}，到会和离席不能再登记。")


def demand_chair_stays(meeting: Meeting, person: Person) -> None:
    """A meeting in session is led: its chair leaves when it has closed (rules.md §1). Changing chairs comes later."""
    if Sitting.objects.filter(meeting=meeting, chair=person, closed_at__isnull=True).exists():
        raise Refused(
            f"{person.name}正在主持会议，离席后无人主持，不能登记离席。"
            "暂时离开的，请暂停议事，等其回到会场；不能继续的，请把未议的各项缓议后散会。"
        )


def record_event(
    actor: Actor,
    meeting: Meeting,
    person: Person,
    kind: str,
    *,
    member: bool,
    note: str = "",
    undoes: Attendance | None = None,
) -> Attendance:
    """Write one event, with the entry that is being dealt with at that moment."""
    now_on = AgendaEntry.objects.filter(meeting=meeting, state=EntryState.DISCUSSING).first()
    return Attendance.objects.create(
        committee=actor.committee,
        meeting=meeting,
        person=person,
        kind=kind,
        member=member,
        entry=now_on,
        at=clock.now(),
        note=note,
        entered_by=actor.person,
        undoes=undoes,
    )
