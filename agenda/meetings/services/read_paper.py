"""Somebody opened a paper of an agenda."""

from agenda.items.models import Attachment
from agenda.meetings.models import Meeting, PaperReading
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import service


@service
def read_paper(*, actor: Actor, meeting: Meeting, attachment: Attachment) -> PaperReading:
    """Keep the first and the last time; the view has asked whether this person may read it (rules.md §9)."""
    moment = clock.now()
    reading, first = PaperReading.objects.get_or_create(
        committee=actor.committee,
        meeting=meeting,
        attachment=attachment,
        person=actor.person,
        defaults={"first_at": moment, "last_at": moment},
    )
    if not first:
        reading.last_at = moment
        reading.save(update_fields=["last_at"])
    audit(actor, "read_paper", meeting, attachment=attachment.pk)
    return reading
