"""Put items on a meeting's agenda, each as an entry of its own."""

from collections.abc import Sequence

from agenda.items.models import Item
from agenda.meetings.entering import demand_admission, new_entry, put_on
from agenda.meetings.locks import lock_items, lock_meeting, touch
from agenda.meetings.models import AgendaEntry, Meeting
from agenda.meetings.policies import demand_office
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service


@service
def schedule_items(*, actor: Actor, meeting: Meeting, items: Sequence[Item]) -> list[AgendaEntry]:
    """All or none, in the order given; each 待上会 by a clearance of its version that holds on the meeting's day.

    All items are locked first, then the meeting: two planners wait for each other in one order.
    """
    locked = {item.pk: item for item in lock_items(item.pk for item in items)}
    demand_office(actor)
    meeting = lock_meeting(meeting)
    if not locked:
        raise Refused("还没有选议题。请先勾选要列入的议题。")
    wanted = [locked[pk] for pk in dict.fromkeys(item.pk for item in items)]
    admission = demand_admission(meeting, wanted)
    entries = []
    for item in wanted:
        entry = new_entry(meeting, [item])
        put_on(entry, [item], admission, actor=actor)
        clearance = admission.clearances[item.pk].pk
        audit(actor, "schedule_item", entry, meeting=meeting.pk, item=item.pk, clearance=clearance)
        entries.append(entry)
    touch(meeting)
    return entries


@service
def schedule_item(*, actor: Actor, meeting: Meeting, item: Item) -> AgendaEntry:
    """One item, by the same rules."""
    (entry,) = schedule_items(actor=actor, meeting=meeting, items=[item])
    return entry
