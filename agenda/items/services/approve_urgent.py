"""书记 approves that a late item is dealt with as urgent."""

from agenda.items.binding import demand_seen
from agenda.items.models import Item, UrgentApproval
from agenda.items.policies import demand, may_approve_urgent
from agenda.items.urgency import is_approved, request_of
from agenda.items.workflow import UNDER_WAY
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.records.chain import seal
from common.services import Refused, service


@service
def approve_urgent(*, actor: Actor, item: Item, digest: str) -> UrgentApproval:
    """It repeats the reason it was asked with and holds for the version that the page showed; a new one asks anew."""
    item = Item.objects.locked(item)
    demand(may_approve_urgent(actor))
    version = demand_seen(item, digest)
    request = request_of(item)
    if item.state not in UNDER_WAY or request is None:
        raise Refused(f"「{item}」没有待批准的急件申请。急件由{item.unit.short_name}写明理由后提出。")
    if is_approved(item):
        raise Refused(f"「{item}」已经批准为急件。")
    payload = {
        "version": version.no,
        "digest": version.digest,
        "reason": request.reason,
        "asked_by": request.asked_by.name,
        "asked_at": request.asked_at,
    }
    record = seal("urgent_approval/1", item, payload, actor=actor)
    approval = UrgentApproval.objects.create(
        committee=actor.committee,
        item=item,
        version=version,
        reason=request.reason,
        asked_by=request.asked_by,
        approved_by=actor.person,
        approved_at=clock.now(),
        record=record,
    )
    audit(actor, "approve_urgent", item, reason=request.reason, version=version.no)
    emit("item.urgent_approved", item, actor=actor)
    return approval
