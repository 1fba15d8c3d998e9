"""Answer a notice: 参会 or 请假."""

from agenda.meetings.models import Meeting, MeetingNotice, NoticeRecipient, Reply
from agenda.meetings.policies import may_run, visible_to
from agenda.meetings.workflow import MeetingState
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.outbox.registry import emit
from common.services import NotAllowed, Refused, service
from common.tenancy.locking import lock_row


@service
def reply_to_notice(
    *, actor: Actor, meeting: Meeting, answer: str, reason: str = "", person: Person | None = None
) -> Reply:
    """One's own reply, or one that 秘书科 took by telephone for `person`. The newest counts, all stay on record.

    Leave is asked before the meeting, with its reason (rules.md §4).
    """
    meeting = lock_row(Meeting.objects.with_names(), meeting.pk)
    person = person or actor.person
    if person.pk != actor.person.pk and not may_run(actor):
        raise NotAllowed("答复由本人办理；电话答复由区委办秘书科代为登记。")
    if meeting.state != MeetingState.NOTIFIED:
        raise Refused(f"「{meeting}」{meeting.get_state_display()}，现在不需要答复。")
    notice = MeetingNotice.objects.filter(meeting=meeting).order_by("no").last()
    if not NoticeRecipient.objects.filter(notice=notice, person=person).exists():
        raise Refused(f"{person.name}不在这次会议的通知对象之内。如需参会，请秘书科列入列席后再发通知。")
    if person.pk == actor.person.pk and not visible_to(actor).filter(pk=meeting.pk).exists():
        raise NotAllowed(
            f"您在{meeting.body.name}的席位现在停止履职，这次会议不向您开放，不能答复。如有疑问，请告知区委办秘书科。"
        )
    reason = reason.strip()
    if answer == Reply.Answer.LEAVE and not reason:
        raise Refused("请假须写明事由，由书记批准。", field="reason")
    reply = Reply.objects.create(
        committee=actor.committee,
        meeting=meeting,
        person=person,
        answer=answer,
        reason=reason,
        entered_by=actor.person,
        replied_at=clock.now(),
    )
    audit(actor, "reply_to_notice", meeting, person=person.pk, answer=answer, by_telephone=person.pk != actor.person.pk)
    emit("meeting.replied", meeting, actor=actor, reply=reply.pk)
    return reply
