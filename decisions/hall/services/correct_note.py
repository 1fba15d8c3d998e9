"""Correct a line of the record by a further line; both stay."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.hall.models import EntryNote
from decisions.hall.noting import write_correction
from decisions.hall.session import lock_entry


@service
def correct_note(*, actor: Actor, note: EntryNote, text: str) -> EntryNote:
    """The new line stands instead of the old one. A 回避 is not reworded but lifted (decisions/votes/services)."""
    _, entry = lock_entry(actor=actor, entry=note.entry)
    if note.kind == EntryNote.Kind.RECUSAL:
        raise Refused("回避不能改写。登记有误的，请在会场名单上取消回避。")
    if note.kind == EntryNote.Kind.STATED:
        raise Refused("表态有变的，请在「逐一表态」里重新登记。")
    if not text.strip():
        raise Refused("请写明更正后的内容。", field="text")
    corrected = write_correction(actor, entry, note, note.kind, text.strip())
    audit(actor, "correct_note", entry, corrected=note.pk, kind=note.kind)
    return corrected
