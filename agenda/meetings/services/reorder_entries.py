"""Put the entries of an agenda in another order."""

from collections.abc import Sequence

from agenda.meetings.locks import lock_meeting, touch
from agenda.meetings.models import AgendaEntry, Meeting
from agenda.meetings.order import order_mark
from agenda.meetings.policies import demand_office
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Conflict, nothing_to_do, service


@service
def reorder_entries(*, actor: Actor, meeting: Meeting, order: Sequence[int], mark: str) -> Meeting:
    """`order` names every entry once, by id; `mark` is the order_mark() of the agenda that the person saw.

    The running times follow from the order. Where the agenda has changed since, nothing is written.
    """
    meeting = lock_meeting(meeting)
    demand_office(actor)
    entries = {entry.pk: entry for entry in AgendaEntry.objects.filter(meeting=meeting).on_agenda()}
    if mark != order_mark(entries) or sorted(order) != sorted(entries):
        raise Conflict(
            "您打开之后，议程已由他人改动，这次的顺序没有存上。请看过现在的议程再排。", theirs=list(entries.values())
        )
    if list(order) == list(entries):
        nothing_to_do()
        return meeting
    for position, pk in enumerate(order, start=1):
        entries[pk].position = position
    AgendaEntry.objects.bulk_update(entries.values(), ["position"], batch_size=500)
    touch(meeting)
    audit(actor, "reorder_entries", meeting, before=list(entries), after=list(order))
    return meeting
