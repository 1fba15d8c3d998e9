"""Correct what was written of a decision, by a further one that supersedes it."""

from collections.abc import Sequence

from agenda.meetings.models import AgendaEntry
from agenda.meetings.workflow import EntryState
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.services import Conflict, Refused, service
from decisions.hall.session import lock_entry
from decisions.outcomes.matters import MatterInput, deferred_questions, demand_matters
from decisions.outcomes.models import Decision, Outcome
from decisions.outcomes.writing import standing_questions, write_decision


@service
def correct_decision(
    *, actor: Actor, entry: AgendaEntry, seen: int, matters: Sequence[MatterInput], reason: str, summary: str = ""
) -> Decision:
    """Before the meeting closes; the votes stand as they are. Later mistakes are the 纪要's to correct.

    What was put off stays put off: its items are back in the store already.

    `seen`: id of the decision that is corrected; where another stands by now, nothing is written.
    """
    sitting, entry = lock_entry(actor=actor, entry=entry)
    if entry.state != EntryState.DECIDED:
        raise Refused(f"「{entry}」现在是「{entry.get_state_display()}」，没有可更正的决定。")
    if not reason.strip():
        raise Refused("更正须写明理由。", field="reason")
    before = Decision.objects.get(entry=entry, superseded_by__isnull=True)
    if before.pk != seen:
        raise Conflict("议定结果刚刚由他人更正，这次没有写入。请对照现在的议定结果核对，再更正。", theirs=before)
    demand_matters(entry, standing_questions(entry), matters)
    _demand_same_put_off(before, matters)
    decision = write_decision(actor, sitting, entry, matters, summary, supersedes=before, reason=reason.strip()[:300])
    emit("decision.corrected", decision, actor=actor, superseded=before.pk)
    audit(actor, "correct_decision", entry, decision=decision.pk, superseded=before.pk, reason=reason.strip())
    return decision


def _demand_same_put_off(before: Decision, matters: Sequence[MatterInput]) -> None:
    then = set(before.matters.filter(outcome=Outcome.DEFERRED).values_list("question_id", flat=True))
    if then != {question.pk for question in deferred_questions(matters)}:
        raise Refused(
            "是否缓议关系到议题的去向，写下议定结果以后不能更正。误记缓议的，议题已回到待上会，请列入下次会议；"
            "应缓议而没有记的，请在纪要中写明，由提报单位再行呈报。"
        )
