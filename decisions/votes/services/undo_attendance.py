"""Take back a coming or going that was entered by mistake; it stands here because votes rest on it."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.hall.attending import demand_chair_stays, demand_open_roll, record_event
from decisions.hall.models import Attendance
from decisions.hall.policies import demand_clerk
from decisions.hall.questions import standing_events
from decisions.hall.session import lock_meeting
from decisions.votes.models import RoundMember
from decisions.votes.workflow import RoundState

CONTRARY = {
    Attendance.Kind.ARRIVE.value: Attendance.Kind.DEPART.value,
    Attendance.Kind.DEPART.value: Attendance.Kind.ARRIVE.value,
}


@service
def undo_attendance(*, actor: Actor, event: Attendance) -> Attendance:
    """Only the newest event of a person, by the contrary one; both rows stay, and the person counts as before.

    Not once a round that was not voided opened with it: who was in the room is part of that vote.
    """
    meeting = lock_meeting(event.meeting_id)
    demand_clerk(actor)
    demand_open_roll(meeting)
    newest = standing_events(meeting.pk).get(event.person_id)
    if newest is None or newest.pk != event.pk:
        raise Refused(f"{event.person.name}之后又有登记，这一条不能撤销。请按现在的情况登记到会或离席。")
    demand_chair_stays(meeting, event.person)
    _demand_no_vote_since(event)
    undone = record_event(
        actor, meeting, event.person, CONTRARY[event.kind], member=event.member, note="登记有误，撤销", undoes=event
    )
    audit(actor, "undo_attendance", meeting, person=event.person.name, undone=event.get_kind_display())
    return undone


def _demand_no_vote_since(event: Attendance) -> None:
    listed = RoundMember.objects.filter(
        person=event.person_id, round__sitting__meeting=event.meeting_id, round__opened_at__gte=event.at
    )
    last = listed.exclude(round__state=RoundState.VOIDED).select_related("round").order_by("round__opened_at").last()
    if last is None:
        return
    name, what = event.person.name, event.get_kind_display()
    if last.round.state == RoundState.OPEN:
        raise Refused(f"正在表决，{name}的{what}登记不能撤销。登记有误的，请先把这一轮作废。")
    raise Refused(f"{name}{what}的登记之后已经表决，并写入表决结果，不能撤销。请按现在的情况登记到会或离席。")
