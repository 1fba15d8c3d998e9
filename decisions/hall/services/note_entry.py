"""Write a line of the record: the report, a point, what the chair said."""

from agenda.meetings.models import AgendaEntry
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.identity.models import Person
from common.services import Refused, service
from decisions.hall.models import EntryNote
from decisions.hall.questions import only_prepares
from decisions.hall.recusal import demand_floor
from decisions.hall.session import demand_open_entry, lock_entry
from decisions.hall.speaking import demand_chair_last

FLOOR = (EntryNote.Kind.REPORT, EntryNote.Kind.POINT, EntryNote.Kind.CHAIR)

NAMED = (EntryNote.Kind.STATED, EntryNote.Kind.WRITTEN, EntryNote.Kind.RESERVED)


@service
def note_entry(
    *, actor: Actor, entry: AgendaEntry, kind: str, text: str, person: Person | None = None, speaker: str = ""
) -> EntryNote:
    """While the entry has no outcome. What the chair said is the chair's; a 回避 has a service of its own.

    酝酿意见 is what a 书记专题会 comes to: a view for those who decide, no decision (rules.md §1).
    """
    sitting, entry = lock_entry(actor=actor, entry=entry)
    demand_open_entry(entry)
    if kind == EntryNote.Kind.RECUSAL:
        raise Refused("回避请在会场名单上登记，写明由谁提出和理由。")
    if kind in NAMED:
        raise Refused("表态、书面意见、保留意见请在「逐一表态」里按人登记。", field="kind")
    if kind == EntryNote.Kind.CHAIR:
        person = sitting.chair
    if kind == EntryNote.Kind.VIEW and not only_prepares(sitting.meeting.body.kind):
        raise Refused("酝酿意见只在书记专题会上记录。本会请记发言，议定的写入决定。", field="kind")
    if kind in FLOOR:
        demand_floor(entry, person, speaker)
    if kind == EntryNote.Kind.CHAIR:
        demand_chair_last(sitting, entry)
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
