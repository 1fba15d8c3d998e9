"""Sign in many at once: all who sit there when the clerk calls the roll."""

from collections.abc import Sequence

from agenda.meetings.models import Meeting
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.hall.attending import demand_none_suspended, demand_signing_in, members_of, record_event
from decisions.hall.models import Attendance
from decisions.hall.policies import demand_clerk
from decisions.hall.questions import present_ids
from decisions.hall.session import lock_meeting


@service
def sign_in(*, actor: Actor, meeting: Meeting, people: Sequence[Person]) -> list[Attendance]:
    """Members of the body only; who is already in the room is left as he is."""
    meeting = lock_meeting(meeting.pk)
    demand_clerk(actor)
    demand_signing_in(meeting)
    members, present = members_of(meeting), present_ids(meeting.pk)
    if strangers := [person.name for person in people if person.pk not in members]:
        raise Refused(f"{'、'.join(strangers)}不在应到名单内。列席人员请逐人登记。")
    demand_none_suspended(members, people)
    coming = [person for person in people if person.pk not in present]
    if not coming:
        raise Refused("名单上的人都已登记到会。")
    events = [record_event(actor, meeting, person, Attendance.Kind.ARRIVE, member=True) for person in coming]
    audit(actor, "sign_in", meeting, people=[person.name for person in coming])
    return events
