"""Take back a coming or going that was entered by mistake, by the contrary event."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.hall.attending import demand_signing_in, record_event
from decisions.hall.models import Attendance
from decisions.hall.policies import demand_clerk
from decisions.hall.questions import standing_events
from decisions.hall.session import lock_meeting

CONTRARY = {
    Attendance.Kind.ARRIVE.value: Attendance.Kind.DEPART.value,
    Attendance.Kind.DEPART.value: Attendance.Kind.ARRIVE.value,
}


@service
def undo_attendance(*, actor: Actor, event: Attendance) -> Attendance:
    """Only the newest event of a person; both rows stay, and the person counts as before."""
    meeting = lock_meeting(event.meeting_id)
    demand_clerk(actor)
    demand_signing_in(meeting)
    newest = standing_events(meeting.pk).get(event.person_id)
    if newest is None or newest.pk != event.pk:
        raise Refused(f"{event.person.name}之后又有登记，这一条不能撤销。请按现在的情况登记到会或离席。")
    undone = record_event(
        actor, meeting, event.person, CONTRARY[event.kind], member=event.member, note="登记有误，撤销", undoes=event
    )
    audit(actor, "undo_attendance", meeting, person=event.person.name, undone=event.get_kind_display())
    return undone
