"""Put several items on a meeting's agenda as one entry (合并审议)."""

from collections.abc import Sequence

from agenda.items.models import Item
from agenda.items.policies import is_cadre
from agenda.meetings.entering import demand_admission, demand_alike, entry_title, new_entry, put_on
from agenda.meetings.locks import lock_items, lock_meeting, touch
from agenda.meetings.models import AgendaEntry, EntryItem, Meeting
from agenda.meetings.policies import demand_office
from agenda.meetings.workflow import EntryState
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service


@service
def join_items(
    *, actor: Actor, meeting: Meeting, items: Sequence[Item], entry: AgendaEntry | None = None
) -> AgendaEntry:
    """Join items in a new entry, or add them to an entry not yet dealt with. Each keeps its own vote and outcome."""
    locked = lock_items(item.pk for item in items)
    demand_office(actor)
    meeting = lock_meeting(meeting)
    if entry is None and len(locked) < 2:
        raise Refused("合并审议至少选两个议题。")
    admission = demand_admission(meeting, locked)
    if entry is None:
        demand_alike(locked, locked[0].handling, cadre=is_cadre(locked[0]))
        entry = new_entry(meeting, locked)
    else:
        entry = AgendaEntry.objects.select_for_update().get(pk=entry.pk, meeting=meeting)
        _demand_pending(entry)
        standing = [link.item for link in _links(entry)]
        demand_alike(locked, entry.handling, cadre=is_cadre(standing[0]))
        entry.title = entry_title([*standing, *locked])
        entry.save(update_fields=["title"])
    put_on(entry, locked, admission, actor=actor)
    touch(meeting)
    audit(actor, "join_items", entry, meeting=meeting.pk, items=[item.pk for item in locked])
    return entry


def _links(entry: AgendaEntry) -> list[EntryItem]:
    links = EntryItem.objects.filter(entry=entry, active=True)
    return list(links.select_related("item__matter_kind").order_by("pk"))


def _demand_pending(entry: AgendaEntry) -> None:
    if entry.state != EntryState.PENDING:
        raise Refused(f"「{entry}」{entry.get_state_display()}，不能再并入议题。")
