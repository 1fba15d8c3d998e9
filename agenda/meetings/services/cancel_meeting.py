"""Cancel a meeting before it opens."""

from agenda.meetings.letters import write_cancellations
from agenda.meetings.locks import lock_with_items
from agenda.meetings.models import AgendaEntry, Meeting, NoticeRecipient
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
    """Its numbers stay visible as cancelled and are not given again; its items are 待上会 once more.

    Whoever the last notice went to gets a letter; what its members might read for this meeting they no longer may.
    """
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
    told = _tell(meeting, actor)
    audit(actor, "cancel_meeting", meeting, reason=reason, told=told)
    emit("meeting.cancelled", meeting, actor=actor, reason=reason)
    return meeting


def _tell(meeting: Meeting, actor: Actor) -> int:
    """A letter to each recipient of the last notice, if there was one; returns how many were to be told."""
    notice = meeting.notices.order_by("no").last()
    if notice is None:
        return 0
    told = NoticeRecipient.objects.filter(notice=notice).select_related("person").order_by("pk")
    people = [one.person for one in told]
    write_cancellations(meeting, notice, people, actor)
    return len(people)
