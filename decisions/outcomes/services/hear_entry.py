"""End an entry that decides nothing: conveyed, reported, heard, or prepared at a 书记专题会."""

from agenda.items.models import Item
from agenda.meetings.models import AgendaEntry, EntryItem
from agenda.rules.models import DECIDING, Handling
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.services import Refused, service
from common.workflow import move
from decisions.hall.models import EntryNote
from decisions.hall.questions import only_prepares
from decisions.hall.session import lock_entry


@service
def hear_entry(*, actor: Actor, entry: AgendaEntry) -> AgendaEntry:
    """The entry must have begun; its items are 已听取 then. A 书记专题会 first leaves its 酝酿意见 (rules.md §1)."""
    sitting, entry = lock_entry(actor=actor, entry=entry, with_items=True)
    if entry.handling in DECIDING and not only_prepares(sitting.meeting.body.kind):
        raise Refused(f"「{entry}」须{entry.get_handling_display()}，不能只听取。请表决后写下议定结果，或缓议。")
    if only_prepares(sitting.meeting.body.kind) and entry.handling != Handling.CONVEY:
        _demand_view(entry)
    move(entry, "hear", actor=actor)
    for link in EntryItem.objects.filter(entry=entry, active=True).order_by("item_id"):
        move(Item.objects.get(pk=link.item_id), "hear", actor=actor, reason=str(entry.meeting))
    emit("entry.heard", entry, actor=actor)
    audit(actor, "hear_entry", entry)
    return entry


def _demand_view(entry: AgendaEntry) -> None:
    if not EntryNote.objects.filter(entry=entry, kind=EntryNote.Kind.VIEW, corrected_by__isnull=True).exists():
        raise Refused(f"「{entry}」还没有记下酝酿意见。请记下酝酿意见（没有不同意见的也写明），再结束本项。")
