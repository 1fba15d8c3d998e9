"""Put an entry back to 未议: begun by mistake, or interrupted before any vote."""

from agenda.meetings.models import AgendaEntry
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from common.workflow import move
from decisions.hall.session import lock_entry
from decisions.votes.models import Round
from decisions.votes.workflow import RoundState


@service
def pause_entry(*, actor: Actor, entry: AgendaEntry) -> AgendaEntry:
    """Not once a vote was opened that was not voided; notes and questions stay."""
    _, entry = lock_entry(actor=actor, entry=entry)
    if Round.objects.filter(question__entry=entry).exclude(state=RoundState.VOIDED).exists():
        raise Refused(f"「{entry}」已经开始表决，不能放回未议。请写下议定结果，或缓议。")
    move(entry, "pause", actor=actor)
    audit(actor, "pause_entry", entry)
    return entry
