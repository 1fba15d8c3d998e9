"""缓议: the entry ends without a decision, and its items go back to the store with their history."""

from agenda.meetings.models import AgendaEntry
from agenda.meetings.removal import release_items
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.services import Refused, service
from common.workflow import move
from decisions.hall.session import lock_entry
from decisions.outcomes.matters import standing_results
from decisions.votes.locks import open_round_of

# With the meeting's name it still fits into the reason that its items keep.
LONGEST = 450


@service
def defer_entry(*, actor: Actor, entry: AgendaEntry, reason: str, todo: str) -> AgendaEntry:
    """With why, and who does what until it comes back. Not once a vote on it was carried: that has its outcome."""
    _, entry = lock_entry(actor=actor, entry=entry, with_items=True)
    if not reason.strip():
        raise Refused("缓议须写明理由，提报单位会看到。", field="reason")
    if not todo.strip():
        raise Refused("请写明由谁做什么，例如：住建局会同财政局补充资金方案。", field="todo")
    if open_round_of(entry):
        raise Refused("本项的表决还没有结束。请先宣布结果或作废。")
    if any(result.passed for result in standing_results(entry).values()):
        raise Refused("本项已有事项表决通过，不能整项缓议。请逐项写下议定结果，其余事项可写缓议。")
    words = f"{_ended(reason)}{_ended(todo)}"
    if len(words) > LONGEST:
        raise Refused(f"理由和要求合起来请在 {LONGEST} 字以内。", field="reason")
    move(entry, "defer", actor=actor, reason=words)
    told = f"{entry.meeting}缓议。理由：{_ended(reason)}下一步：{_ended(todo)}"
    release_items(entry, actor=actor, reason=told)
    emit("entry.deferred", entry, actor=actor, reason=words)
    audit(actor, "defer_entry", entry, reason=reason.strip(), todo=todo.strip())
    return entry


def _ended(text: str) -> str:
    """A sentence with its full stop."""
    return text.strip().rstrip("。；;") + "。"
