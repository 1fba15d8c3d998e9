"""Cancel a meeting before it opens."""

from agenda.meetings.locks import lock_with_items
from agenda.meetings.models import AgendaEntry, Meeting
from agenda.meetings.policies import demand_office
from agenda.meetings.removal import take_off
from common.audit.log import audit
from common.identity.actor import Actor
from common.numbers.give import cancel_number
from common.outbox.registry import emit
from common.services import Refused, service
from common.workflow import move


@service
def cancel_meeting(*, actor: Actor, meeting: Meeting, reason: str) -> Meeting:
    """Its numbers stay visible as cancelled and are not given again; its items are 待上会 once more."""
    meeting, _ = lock_with_items(meeting)
    demand_office(actor)
    reason = reason.strip()
    if not reason:
        raise Refused("取消会议须写明理由，已收到通知的人会看到。", field="reason")
    why = f"{meeting}取消：{reason}"
    for entry in AgendaEntry.objects.filter(meeting=meeting).on_agenda():
        take_off(entry, actor=actor, reason=why)
    move(meeting, "cancel", actor=actor, reason=reason)
    for number in (meeting.year_number, meeting.term_number):
        cancel_number(number, reason)
    audit(actor, "cancel_meeting", meeting, reason=reason)
    emit("meeting.cancelled", meeting, actor=actor, reason=reason)
    return meeting
