"""Correct a line of the record by a further line; both stay."""

from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.hall.models import EntryNote
from decisions.hall.session import lock_entry


@service
def correct_note(*, actor: Actor, note: EntryNote, text: str) -> EntryNote:
    """The new line stands instead of the old one. A 回避 is lifted by it: the further line is a plain 记事."""
    _, entry = lock_entry(actor=actor, entry=note.entry)
    if EntryNote.objects.filter(corrects=note).exists():
        raise Refused("这一行已经更正过。请更正更正后的那一行。")
    if not text.strip():
        raise Refused("请写明更正后的内容。", field="text")
    lifted = note.kind == EntryNote.Kind.RECUSAL
    corrected = EntryNote.objects.create(
        committee=actor.committee,
        entry=entry,
        kind=EntryNote.Kind.NOTE if lifted else note.kind,
        person=note.person,
        speaker=note.speaker,
        text=text.strip(),
        at=clock.now(),
        entered_by=actor.person,
        corrects=note,
    )
    audit(actor, "correct_note", entry, corrected=note.pk, kind=note.kind)
    return corrected
