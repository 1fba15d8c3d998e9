"""Enter a 回避: who, who brought it up, and what ties him to the matter."""

from agenda.meetings.models import AgendaEntry
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.hall.models import EntryNote
from decisions.hall.questions import recused_ids
from decisions.hall.recusal import write_recusal
from decisions.hall.session import demand_open_entry, lock_entry


@service
def recuse_member(*, actor: Actor, entry: AgendaEntry, person: Person | None, basis: str, reason: str) -> EntryNote:
    """A member who is due, once, while the entry has no outcome: matters on oneself or relatives (rules.md §2).

    The record and the 纪要 tell who brought it up and the relation it rests on. It closes floor, materials and vote.
    """
    sitting, entry = lock_entry(actor=actor, entry=entry)
    demand_open_entry(entry)
    if person is None or not sitting.due_members.filter(person=person).exists():
        raise Refused("回避须选定一位应到成员。", field="person")
    if person.pk in recused_ids(entry):
        raise Refused(f"{person.name}在本项已登记回避。", field="person")
    if basis not in EntryNote.Basis.values:
        raise Refused(f"请选定{person.name}的回避是本人提出，还是秘书科核对提出。", field="basis")
    if not reason.strip():
        raise Refused(f"请写明{person.name}与本项有什么关系，例如：其配偶在承建企业任职。", field="reason")
    note = write_recusal(actor, entry, person, basis, reason.strip())
    audit(actor, "recuse_member", entry, person=person.pk, basis=basis, reason=note.text)
    return note
