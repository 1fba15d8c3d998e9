"""Record that a meeting, an entry or a vote could not begin for want of quorum."""

from agenda.meetings.models import AgendaEntry, Meeting
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import service
from decisions.hall.models import EntryNote
from decisions.hall.session import lock_meeting


@service
def note_shortfall(*, actor: Actor, subject: Meeting | AgendaEntry, sentence: str) -> None:
    """A line in the record of the entry, or of the meeting where it did not open.

    Whoever may ask for the act may have it written down that it failed: 秘书科, a scrutineer who issues a ballot.
    """
    lock_meeting(subject.meeting_id if isinstance(subject, AgendaEntry) else subject.pk)
    if isinstance(subject, AgendaEntry):
        EntryNote.objects.create(
            committee=actor.committee,
            entry=subject,
            kind=EntryNote.Kind.NOTE,
            text=sentence,
            at=clock.now(),
            entered_by=actor.person,
        )
    audit(actor, "note_shortfall", subject, sentence=sentence)
