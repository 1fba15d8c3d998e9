"""Write a line of the record: the report, a point, what the chair said, a recusal."""

from agenda.meetings.models import AgendaEntry
from agenda.meetings.workflow import EntryState
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.hall.models import EntryNote, Sitting
from decisions.hall.questions import only_prepares, recused_ids
from decisions.hall.recusal import demand_floor, write_recusal
from decisions.hall.session import lock_entry

OPEN = (EntryState.PENDING, EntryState.DISCUSSING)
FLOOR = (EntryNote.Kind.REPORT, EntryNote.Kind.POINT, EntryNote.Kind.CHAIR)


@service
def note_entry(
    *, actor: Actor, entry: AgendaEntry, kind: str, text: str, person: Person | None = None, speaker: str = ""
) -> EntryNote:
    """While the entry has no outcome. A 回避 names a member who is due, once; what the chair said is the chair's.

    酝酿意见 is what a 书记专题会 comes to: a view for those who decide, no decision (rules.md §1).

    A 回避 closes the floor and the materials of the entry, too (decisions/hall/recusal.py).
    """
    sitting, entry = lock_entry(actor=actor, entry=entry)
    if entry.state not in OPEN:
        raise Refused(f"「{entry}」{entry.get_state_display()}，不能再记。写错的可以更正。")
    if kind == EntryNote.Kind.RECUSAL:
        note = write_recusal(actor, entry, _recused(sitting, entry, person), text.strip() or "回避")
        audit(actor, "note_entry", entry, kind=kind, speaker=note.speaker)
        return note
    if kind == EntryNote.Kind.CHAIR:
        person = sitting.chair
    if kind == EntryNote.Kind.VIEW and not only_prepares(sitting.meeting.body.kind):
        raise Refused("酝酿意见只在书记专题会上记录。本会请记发言，议定的写入决定。", field="kind")
    if kind in FLOOR:
        demand_floor(entry, person, speaker)
    if not text.strip():
        raise Refused("请写明内容。", field="text")
    note = EntryNote.objects.create(
        committee=actor.committee,
        entry=entry,
        kind=kind,
        person=person,
        speaker=(person.name if person else speaker.strip())[:60],
        text=text.strip(),
        at=clock.now(),
        entered_by=actor.person,
    )
    audit(actor, "note_entry", entry, kind=kind, speaker=note.speaker)
    return note


def _recused(sitting: Sitting, entry: AgendaEntry, person: Person | None) -> Person:
    if person is None or not sitting.due_members.filter(person=person).exists():
        raise Refused("回避须选定一位应到成员。", field="person")
    if person.pk in recused_ids(entry):
        raise Refused(f"{person.name}在本项已登记回避。")
    return person
