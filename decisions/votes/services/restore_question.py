"""Put a dropped question back."""

from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service
from decisions.votes.locks import lock_question
from decisions.votes.models import Question


@service
def restore_question(*, actor: Actor, question: Question) -> Question:
    """While its entry is being dealt with."""
    _, entry, question = lock_question(actor=actor, question=question)
    if not question.dropped_at:
        raise Refused("这一事项没有撤下。")
    question.dropped_at = None
    question.save(update_fields=["dropped_at"])
    audit(actor, "restore_question", entry, question=question.pk, text=question.text)
    return question
