"""How an entry leaves an agenda, and how items go back to the store; for services that hold the locks."""

from collections.abc import Collection

from agenda.items.services.open_items import close_items
from agenda.meetings.locks import lock_items
from agenda.meetings.models import AgendaEntry, EntryItem
from common.identity.actor import Actor
from common.workflow import move


def release_items(entry: AgendaEntry, *, actor: Actor, reason: str, only: Collection[int] | None = None) -> None:
    """Back to 待上会, each with its history: the entry was removed, its meeting cancelled, or the matter deferred.

    `only`: ids of the items that go, where a matter of some was deferred. The links stay, inactive, and say where the
    items once stood.
    """
    links = [
        link for link in EntryItem.objects.filter(entry=entry, active=True) if only is None or link.item_id in only
    ]
    items = {item.pk: item for item in lock_items(link.item_id for link in links)}
    for link in links:
        link.active = False
        link.save(update_fields=["active"])
        move(items[link.item_id], "unschedule", actor=actor, reason=reason)


def take_off(entry: AgendaEntry, *, actor: Actor, reason: str) -> None:
    """Remove an entry: it keeps its reason and loses its place, and what its notice let members read is closed."""
    items = list(EntryItem.objects.filter(entry=entry, active=True).values_list("item_id", flat=True))
    close_items(actor=actor, items=items, occasion=entry.meeting)
    move(entry, "remove", actor=actor, reason=reason)
    entry.position = None
    entry.save(update_fields=["position"])
    release_items(entry, actor=actor, reason=reason)


def close_gaps(meeting_id: int) -> None:
    """Number the entries of an agenda 1, 2, 3 … again, in the order they have."""
    for position, entry in enumerate(AgendaEntry.objects.filter(meeting_id=meeting_id).on_agenda(), start=1):
        if entry.position != position:
            AgendaEntry.objects.filter(pk=entry.pk).update(position=position)
