"""Void a round: opened by mistake, disturbed, or counted on a 回避 that was entered wrongly."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from common.workflow import move
from decisions.votes.locks import lock_entry_of
from decisions.votes.models import Round
from decisions.votes.questions import why_not_void


@service
def void_round(*, actor: Actor, round_: Round, reason: str) -> Round:
    """With its reason; the round, its votes and its result stay visible and count for nothing.

    A counted one only where it rests on a 回避 and the entry is not decided: then the 回避 can be lifted and the
    question voted on afresh.
    """
    entry = lock_entry_of(actor=actor, question=round_.question)
    round_ = Round.objects.select_for_update(of=("self",)).select_related("question").get(pk=round_.pk)
    round_.question.entry = entry
    if words := why_not_void(round_):
        raise Refused(words)
    if not reason.strip():
        raise Refused("作废须写明理由。", field="reason")
    move(round_, "void", actor=actor, reason=reason.strip()[:500])
    audit(actor, "void_round", round_, label=f"{round_.question}", reason=reason.strip())
    return round_
