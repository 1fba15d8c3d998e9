"""Void an open round: opened by mistake, or disturbed."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from common.workflow import move
from decisions.votes.locks import lock_open_round
from decisions.votes.models import Round


@service
def void_round(*, actor: Actor, round_: Round, reason: str) -> Round:
    """With its reason; the round and its votes stay visible and count for nothing."""
    _, round_ = lock_open_round(actor=actor, round_=round_)
    if not reason.strip():
        raise Refused("作废须写明理由。", field="reason")
    move(round_, "void", actor=actor, reason=reason.strip()[:500])
    audit(actor, "void_round", round_, label=f"{round_.question}", reason=reason.strip())
    return round_
