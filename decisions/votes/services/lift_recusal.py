"""Take back a 回避 that was entered by mistake, by a further line; it stands here because votes rest on it."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.hall.models import EntryNote
from decisions.hall.noting import write_correction
from decisions.hall.session import lock_entry
from decisions.votes.locks import open_round_of
from decisions.votes.models import Round
from decisions.votes.workflow import RoundState


@service
def lift_recusal(*, actor: Actor, note: EntryNote) -> EntryNote:
    """Only before the entry is voted on: once a round opened that was not voided, the vote rests on the 回避."""
    _, entry = lock_entry(actor=actor, entry=note.entry)
    name = note.speaker
    if note.kind != EntryNote.Kind.RECUSAL:
        raise Refused("这一行不是回避，请用「更正」。")
    if open_round_of(entry):
        raise Refused(f"本项正在表决，{name}的回避不能取消。登记有误的，请先把这一轮作废。")
    if Round.objects.filter(question__entry=entry).exclude(state=RoundState.VOIDED).exists():
        raise Refused(f"本项已经表决，{name}的回避已写入表决结果，不能取消。登记有误的，请另记一行写明。")
    lifted = write_correction(actor, entry, note, EntryNote.Kind.NOTE, "登记有误，不回避")
    audit(actor, "lift_recusal", entry, corrected=note.pk, person=name)
    return lifted
