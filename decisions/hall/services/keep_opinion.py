"""Opinions by name beside the vote: 书面意见 of who is absent, 保留意见 of who was outvoted."""

from agenda.meetings.models import AgendaEntry
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.hall.models import EntryNote
from decisions.hall.questions import present_ids, recused_ids
from decisions.hall.session import lock_entry


@service
def keep_opinion(*, actor: Actor, entry: AgendaEntry, person: Person, text: str) -> EntryNote:
    """An absent member's 书面意见 is read out and never counted; who is there may reserve his opinion (rules.md §2).

    A reserved opinion can be entered as long as the meeting goes on, also after the entry is decided: it lightens later
    responsibility and changes no vote.
    """
    sitting, entry = lock_entry(actor=actor, entry=entry)
    if not sitting.due_members.filter(person=person).exists():
        raise Refused(f"{person.name}不是本次会议的应到成员，没有书面意见和保留意见。", field="person")
    if person.pk in recused_ids(entry):
        raise Refused(f"{person.name}在本项回避，不登记其意见。", field="person")
    if not text.strip():
        raise Refused("请写明意见。", field="text")
    here = person.pk in present_ids(sitting.meeting_id)
    note = EntryNote.objects.create(
        committee=actor.committee,
        entry=entry,
        kind=EntryNote.Kind.RESERVED if here else EntryNote.Kind.WRITTEN,
        person=person,
        speaker=person.name,
        text=text.strip(),
        at=clock.now(),
        entered_by=actor.person,
    )
    audit(actor, "keep_opinion", entry, person=person.pk, kind=note.kind)
    return note
