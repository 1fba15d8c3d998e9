"""Put an item on a meeting's agenda, as an entry of its own."""

from agenda.items.models import Item
from agenda.meetings.entering import demand_admission, new_entry, put_on
from agenda.meetings.locks import lock_items, lock_meeting, touch
from agenda.meetings.models import AgendaEntry, Meeting
from agenda.meetings.policies import demand_office
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import service


@service
def schedule_item(*, actor: Actor, meeting: Meeting, item: Item) -> AgendaEntry:
    """The item must be 待上会 by a clearance of its current version that still holds on the meeting's day."""
    items = lock_items([item.pk])
    demand_office(actor)
    meeting = lock_meeting(meeting)
    admission = demand_admission(meeting, items)
    entry = new_entry(meeting, items)
    put_on(entry, items, admission, actor=actor)
    touch(meeting)
    audit(actor, "schedule_item", entry, meeting=meeting.pk, item=item.pk, clearance=admission.clearances[item.pk].pk)
    return entry
