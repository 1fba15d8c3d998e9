"""Take a question off; it stays visible as dropped."""

from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.votes.locks import lock_question
from decisions.votes.models import Question
from decisions.votes.workflow import RoundState


@service
def drop_question(*, actor: Actor, question: Question) -> Question:
    """Not once it has been voted on: what was voted has its outcome."""
    _, entry, question = lock_question(actor=actor, question=question)
    if question.dropped_at:
        raise Refused("这一事项已经撤下。")
    if question.rounds.exclude(state=RoundState.VOIDED).exists():
        raise Refused("这一事项已经开始表决，不能撤下。")
    question.dropped_at = clock.now()
    question.save(update_fields=["dropped_at"])
    audit(actor, "drop_question", entry, question=question.pk, text=question.text)
    return question
