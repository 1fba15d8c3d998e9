"""Write down what the meeting decided on an entry, matter by matter."""

from collections.abc import Sequence

from agenda.items.models import Item
from agenda.meetings.models import AgendaEntry, EntryItem
from agenda.meetings.removal import release_items
from agenda.meetings.workflow import EntryState
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.services import Refused, service
from common.workflow import move
from decisions.hall.session import lock_entry
from decisions.outcomes.matters import MatterInput, deferred_questions, demand_matters
from decisions.outcomes.models import Decision
from decisions.outcomes.writing import standing_questions, write_decision
from decisions.votes.locks import open_round_of
from decisions.votes.models import Question


@service
def decide_entry(*, actor: Actor, entry: AgendaEntry, matters: Sequence[MatterInput], summary: str = "") -> Decision:
    """One 议定事项 per standing question; each outcome follows its vote.

    The items' files are 已审议 then; one of which a matter was put off goes back to 待上会, and what was decided of it
    stays decided and is not asked again.
    """
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
    decision = write_decision(actor, sitting, entry, matters, summary)
    put_off = deferred_questions(matters)
    texts = [matter.text for matter in matters if matter.question in put_off]
    Question.objects.filter(pk__in=[question.pk for question in questions if question not in put_off]).update(
        settled=True
    )
    _send_items_on(actor, entry, put_off, texts)
    emit("entry.decided", entry, actor=actor, decision=decision.pk)
    audit(actor, "decide_entry", entry, decision=decision.pk, outcomes=[matter.outcome for matter in matters])
    return decision


def _send_items_on(actor: Actor, entry: AgendaEntry, put_off: Sequence[Question], texts: Sequence[str]) -> None:
    """Back to the store where a matter was put off: its item, or every item where it is not known whose it was."""
    items = set(EntryItem.objects.filter(entry=entry, active=True).values_list("item_id", flat=True))
    owners = {question.item_id for question in put_off}
    back = items if None in owners else items & owners
    if back:
        pairs = ((str(one), text.strip()) for one, text in zip(put_off, texts, strict=True))
        words = "；".join(f"「{asked}」缓议{'' if text == asked else f'，{text}'}" for asked, text in pairs)
        reason = f"{entry.meeting}：{words}；其余事项已议决"
        release_items(entry, actor=actor, reason=reason[:500], only=back)
    for pk in sorted(items - back):
        move(Item.objects.get(pk=pk), "deliberate", actor=actor, reason=str(entry.meeting))
