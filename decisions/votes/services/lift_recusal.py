"""Take back a 回避 that was entered by mistake, by a further line; it stands here because votes rest on it."""

from agenda.meetings.models import AgendaEntry
from agenda.meetings.workflow import EntryState
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.hall.models import EntryNote
from decisions.hall.noting import write_correction
from decisions.hall.recusal import open_again
from decisions.hall.session import lock_entry
from decisions.votes.locks import open_round_of
from decisions.votes.models import Round
from decisions.votes.workflow import RoundState


@service
def lift_recusal(*, actor: Actor, note: EntryNote) -> EntryNote:
    """While no vote rests on it: rounds opened since, closed too, are voided first. Floor and papers open again."""
    _, entry = lock_entry(actor=actor, entry=note.entry)
    name = note.speaker
    if note.kind != EntryNote.Kind.RECUSAL:
        raise Refused("这一行不是回避，请用「更正」。")
    if open_round_of(entry):
        raise Refused(f"本项正在表决，{name}的回避不能取消。登记有误的，请先把这一轮作废。")
    if Round.objects.filter(question__entry=entry).exclude(state=RoundState.VOIDED).exists():
        raise Refused(why_rests(entry, name))
    lifted = write_correction(actor, entry, note, EntryNote.Kind.NOTE, "登记有误，不回避")
    open_again(entry, note.person)
    audit(actor, "lift_recusal", entry, corrected=note.pk, person=name)
    return lifted


def why_rests(entry: AgendaEntry, name: str) -> str:
    """The vote rests on the 回避: what is to be done first, and that it is too late once the entry is decided."""
    if entry.state != EntryState.DISCUSSING:
        return f"「{entry}」{entry.get_state_display()}，{name}的回避已写入表决结果，不能取消。有误的，请在纪要中写明。"
    return (
        f"本项已经表决，{name}的回避已写入表决结果。登记有误的，请先写明理由，把本项已计票的表决逐轮作废，"
        "再取消回避、重新表决。"
    )
