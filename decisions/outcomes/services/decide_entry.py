"""Write down what the meeting decided on an entry, matter by matter."""

from collections.abc import Sequence

from agenda.items.models import Item
from agenda.meetings.models import AgendaEntry, EntryItem
from agenda.meetings.workflow import EntryState
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.services import Refused, service
from common.workflow import move
from decisions.hall.session import lock_entry
from decisions.outcomes.matters import MatterInput, demand_matters
from decisions.outcomes.models import Decision
from decisions.outcomes.writing import standing_questions, write_decision
from decisions.votes.locks import open_round_of


@service
def decide_entry(*, actor: Actor, entry: AgendaEntry, matters: Sequence[MatterInput], summary: str = "") -> Decision:
    """One 议定事项 per standing question; each outcome follows its vote. The items' files are 已审议 then."""
    sitting, entry = lock_entry(actor=actor, entry=entry, with_items=True)
    if entry.state != EntryState.DISCUSSING:
        raise Refused(f"「{entry}」现在是「{entry.get_state_display()}」，只有审议中的才能议决。")
    if open_round_of(entry):
        raise Refused("本项的表决还没有结束。请先宣布结果或作废。")
    questions = standing_questions(entry)
    if not questions:
        raise Refused("本项没有议决事项。请先增加议决事项并表决，或缓议。")
    demand_matters(entry, questions, matters)
    move(entry, "decide", actor=actor)
    for link in EntryItem.objects.filter(entry=entry, active=True).order_by("item_id"):
        move(Item.objects.get(pk=link.item_id), "deliberate", actor=actor, reason=str(entry.meeting))
    decision = write_decision(actor, sitting, entry, matters, summary)
    emit("entry.decided", entry, actor=actor, decision=decision.pk)
    audit(actor, "decide_entry", entry, decision=decision.pk, outcomes=[matter.outcome for matter in matters])
    return decision
