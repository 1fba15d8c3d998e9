"""Open a vote by raised hands or by name: who is due, present and entitled stays as at this moment."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.hall.shortfall import keeps_shortfall
from decisions.votes.locks import lock_question
from decisions.votes.models import Question, Round
from decisions.votes.opening import start_round


@keeps_shortfall
@service
def open_round(*, actor: Actor, question: Question, form: str, reason: str = "") -> Round:
    """One vote at a time, in a form the rule allows, with the quorum of this moment (rules.md §2).

    A question that was voted on is voted on again only with a reason; both rounds stay, the later one counts.
    """
    sitting, entry, question = lock_question(actor=actor, question=question)
    if form == Round.Form.SECRET:
        raise Refused("无记名票决不在这里开始。请拟定票决，由监票人确认后发票。")
    if form == Round.Form.ORAL:
        raise Refused("口头表决是到会者一致同意时的一次登记，不另开表决。不一致的，请举手或记名。")
    round_ = start_round(actor, sitting, entry, question, form, reason.strip())
    audit(actor, "open_round", entry, question=question.pk, form=form, present=_names(round_), reason=reason.strip())
    return round_


def _names(round_: Round) -> list[str]:
    return [member.name for member in round_.members.all() if member.entitled]
