"""What a 回避 closes besides the vote: the floor and the materials (rules.md §2); for services that hold the locks."""

import re

from agenda.items.models import Item, ItemRecusal
from agenda.meetings.models import AgendaEntry
from common import clock
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused
from decisions.hall.models import EntryNote, Sitting
from decisions.hall.questions import recused_ids, standing_recusals

CARRIED = "此前审议本议题时已回避，仍回避"


def demand_floor(entry: AgendaEntry, person: Person | None, speaker: str) -> None:
    """Who is recused neither reports nor speaks nor sums up on this entry, however his name was typed."""
    for line in standing_recusals(entry).select_related("person"):
        if line.person and (line.person == person or _names(speaker, line.person.name)):
            raise Refused(
                f"{line.person.name}在本项回避，不能登记其汇报、发言和表态。登记有误的，请先在会场名单上取消回避。",
                field="speaker",
            )


def _names(speaker: str, name: str) -> bool:
    """Is it this name, with or without the post before it: 副区长 岑以宁?"""
    return any(word.endswith(name) for word in re.split(r"[\s、，,;；（()）]+", speaker))


def write_recusal(actor: Actor, entry: AgendaEntry, person: Person, basis: str, reason: str) -> EntryNote:
    """The line of the record, and from this moment the entry's items out of his sight."""
    now = clock.now()
    for item in _items(entry):
        ItemRecusal.objects.get_or_create(
            committee=actor.committee, item=item, person=person, ended_at=None, defaults={"since": now}
        )
    return EntryNote.objects.create(
        committee=actor.committee,
        entry=entry,
        kind=EntryNote.Kind.RECUSAL,
        person=person,
        speaker=person.name,
        text=reason,
        basis=basis,
        at=now,
        entered_by=actor.person,
    )


def open_again(entry: AgendaEntry, person: Person | None) -> None:
    """The recusal was lifted: the items are in his sight again, as far as anything opens them."""
    standing = ItemRecusal.objects.filter(item__in=_items(entry), person=person, ended_at__isnull=True)
    standing.update(ended_at=clock.now())


def carry_recusals(actor: Actor, sitting: Sitting, entry: AgendaEntry) -> list[str]:
    """An item that comes up again after 缓议 finds the same people recused, for the same reason, until it is lifted;
    their names.
    """
    items = _items(entry)
    kept = ItemRecusal.objects.filter(item__in=items, ended_at__isnull=True).values("person")
    due = sitting.due_members.filter(person__in=kept).exclude(person__in=recused_ids(entry)).select_related("person")
    before = EntryNote.objects.filter(kind=EntryNote.Kind.RECUSAL, corrected_by__isnull=True)
    lines = {line.person_id: line for line in before.filter(entry__entry_items__item__in=items).order_by("pk")}
    return [_carry(actor, entry, member.person, lines[member.person_id]).speaker for member in due]


def _carry(actor: Actor, entry: AgendaEntry, person: Person, earlier: EntryNote) -> EntryNote:
    """The earlier line once more, marked as carried."""
    reason = earlier.text if earlier.text.endswith(CARRIED) else f"{earlier.text}；{CARRIED}"
    return write_recusal(actor, entry, person, earlier.basis, reason)


def _items(entry: AgendaEntry) -> list[Item]:
    return list(Item.objects.filter(entry_items__entry=entry))
