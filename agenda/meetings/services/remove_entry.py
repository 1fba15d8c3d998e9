"""Take an entry off the agenda before the meeting opens."""

from agenda.meetings.locks import lock_with_items, touch
from agenda.meetings.models import AgendaEntry
from agenda.meetings.policies import demand_office
from agenda.meetings.removal import close_gaps, take_off
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service


@service
def remove_entry(*, actor: Actor, entry: AgendaEntry, reason: str) -> AgendaEntry:
    """Its items are 待上会 again; the entries behind it move up."""
    meeting, _ = lock_with_items(entry.meeting, entry)
    entry = AgendaEntry.objects.select_for_update().get(pk=entry.pk)
    demand_office(actor)
    reason = reason.strip()
    if not reason:
        raise Refused("移出议程须写明理由，提报单位会看到。", field="reason")
    take_off(entry, actor=actor, reason=reason)
    close_gaps(meeting.pk)
    touch(meeting)
    audit(actor, "remove_entry", entry, meeting=meeting.pk, reason=reason)
    return entry
