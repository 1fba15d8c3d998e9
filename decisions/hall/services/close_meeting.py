"""Close a meeting; nothing of the hall can be entered afterwards."""

from agenda.meetings.models import Meeting
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.services import Refused, service
from common.workflow import move
from decisions.hall.models import Sitting
from decisions.hall.questions import open_entries_words
from decisions.hall.session import lock_sitting


@service
def close_meeting(*, actor: Actor, meeting: Meeting) -> Sitting:
    """Every entry must have its outcome; the database refuses otherwise, too."""
    sitting = lock_sitting(actor=actor, meeting_id=meeting.pk)
    if words := open_entries_words(sitting.meeting):
        raise Refused(words)
    move(sitting.meeting, "close", actor=actor)
    sitting.closed_at = clock.now()
    sitting.save(update_fields=["closed_at"])
    emit("meeting.closed", sitting.meeting, actor=actor)
    audit(actor, "close_meeting", sitting.meeting)
    return sitting
