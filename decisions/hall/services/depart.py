"""Enter that somebody has left, for a while or for good."""

from agenda.meetings.models import Meeting
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.hall.attending import demand_chair_stays, demand_signing_in, record_event
from decisions.hall.models import Attendance
from decisions.hall.policies import demand_clerk
from decisions.hall.questions import standing_events
from decisions.hall.session import lock_meeting


@service
def depart(*, actor: Actor, meeting: Meeting, person: Person, note: str = "") -> Attendance:
    """Only who is in the room can leave it, from then on he no longer counts as present; the chair stays."""
    meeting = lock_meeting(meeting.pk)
    demand_clerk(actor)
    demand_signing_in(meeting)
    last = standing_events(meeting.pk).get(person.pk)
    if last is None or last.kind != Attendance.Kind.ARRIVE:
        raise Refused(f"{person.name}没有在会场的登记，不能登记离席。")
    demand_chair_stays(meeting, person)
    event = record_event(actor, meeting, person, Attendance.Kind.DEPART, member=last.member, note=note.strip())
    audit(actor, "depart", meeting, person=person.name, note=note.strip())
    return event
