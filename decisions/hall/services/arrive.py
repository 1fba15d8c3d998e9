"""Enter that somebody has come: before the opening it is the sign-in."""

from agenda.meetings.models import Meeting
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.hall.attending import (
    demand_none_suspended,
    demand_signing_in,
    is_called,
    members_of,
    record_event,
)
from decisions.hall.models import Attendance
from decisions.hall.policies import demand_clerk
from decisions.hall.questions import present_ids
from decisions.hall.session import lock_meeting


@service
def arrive(*, actor: Actor, meeting: Meeting, person: Person, note: str = "") -> Attendance:
    """Members and those called come as they are; anybody else (替会、临时列席) with a note that says why."""
    meeting = lock_meeting(meeting.pk)
    demand_clerk(actor)
    demand_signing_in(meeting)
    if person.pk in present_ids(meeting.pk):
        raise Refused(f"{person.name}已经登记到会。")
    members = members_of(meeting)
    demand_none_suspended(members, [person])
    member = person.pk in members
    if not member and not note.strip() and not is_called(meeting, person):
        raise Refused(f"{person.name}不在应到和列席名单内。替会或临时列席的，请写明替谁、因何事。", field="note")
    event = record_event(actor, meeting, person, Attendance.Kind.ARRIVE, member=member, note=note.strip())
    audit(actor, "arrive", meeting, person=person.name, note=note.strip())
    return event
