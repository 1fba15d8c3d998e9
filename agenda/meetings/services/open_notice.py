"""A recipient opened the notice."""

from agenda.meetings.models import MeetingNotice, NoticeRecipient
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import nothing_to_do, service


@service
def open_notice(*, actor: Actor, notice: MeetingNotice) -> None:
    """Keep the first time (阅知). Who is no recipient, or has opened it before, leaves nothing behind."""
    unread = NoticeRecipient.objects.filter(notice=notice, person=actor.person, read_at__isnull=True)
    if unread.update(read_at=clock.now()):
        audit(actor, "open_notice", notice.meeting, notice=notice.pk)
    else:
        nothing_to_do()
