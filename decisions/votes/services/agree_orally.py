"""口头表决: all present agree, one act that lists them (rules.md §2)."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import service
from decisions.hall.shortfall import keeps_shortfall
from decisions.votes.finishing import finish_round
from decisions.votes.locks import lock_question
from decisions.votes.models import Question, Round, RoundResult
from decisions.votes.opening import start_round
from decisions.votes.questions import ballot_of


@keeps_shortfall
@service
def agree_orally(*, actor: Actor, question: Question, reason: str = "") -> RoundResult:
    """Opens, counts and closes in one transaction. Carried only where all present reach the majority of 应到."""
    sitting, entry, question = lock_question(actor=actor, question=question)
    round_ = start_round(actor, sitting, entry, question, Round.Form.ORAL, reason.strip())
    result = finish_round(actor, ballot_of(round_))
    audit(actor, "agree_orally", entry, question=question.pk, sentence=result.sentence)
    return result
