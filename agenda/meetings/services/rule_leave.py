"""书记 approves or declines a leave that a member asked for."""

from agenda.meetings.models import LeaveRuling, Meeting, Reply
from agenda.meetings.policies import may_rule_leave
from agenda.meetings.workflow import MeetingState
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import NotAllowed, Refused, demand_in_person, service
from common.tenancy.locking import lock_row


@service
def rule_leave(*, actor: Actor, reply: Reply, approved: bool) -> LeaveRuling:
    """Once for each asking, on the reply that counts (rules.md §4: leave is approved by 书记)."""
    meeting = lock_row(Meeting.objects.with_names(), reply.meeting_id)
    if not may_rule_leave(actor):
        raise NotAllowed("请假由书记批准。")
    demand_in_person(actor, "批假")
    if meeting.state != MeetingState.NOTIFIED:
        raise Refused(f"「{meeting}」{meeting.get_state_display()}，不再批假。")
    newest = Reply.objects.filter(meeting=meeting, person=reply.person_id).order_by("-pk").first()
    if newest is None or newest.pk != reply.pk or reply.answer != Reply.Answer.LEAVE:
        raise Refused(f"{reply.person.name}已另有答复，请看最新的答复。")
    if LeaveRuling.objects.filter(reply=reply).exists():
        raise Refused(f"{reply.person.name}的这次请假已经批复。")
    ruling = LeaveRuling.objects.create(
        committee=actor.committee, reply=reply, approved=approved, ruled_by=actor.person, ruled_at=clock.now()
    )
    audit(actor, "rule_leave", meeting, reply=reply.pk, person=reply.person_id, approved=approved)
    return ruling
