"""Ask that a late item is dealt with as urgent."""

from agenda.items.models import Item, UrgentRequest
from agenda.items.policies import demand, may_submit
from agenda.items.urgency import is_approved
from agenda.items.workflow import UNDER_WAY
from common import clock
from common.audit.log import audit
from common.identity.actor import Actor
from common.services import Refused, service


@service
def ask_urgent(*, actor: Actor, item: Item, reason: str) -> UrgentRequest:
    """The unit says why it cannot wait for the next meeting; 书记 answers. No new version is needed for it."""
    item = Item.objects.locked(item)
    demand(may_submit(actor, item))
    if item.state not in UNDER_WAY:
        raise Refused(f"「{item}」现在是「{item.get_state_display()}」，不能申请急件。呈报之后、列入会议之前才能申请。")
    return write_request(item, reason, actor=actor)


def write_request(item: Item, reason: str, *, actor: Actor) -> UrgentRequest:
    """Note the request for the current version; submitting an urgent sheet asks in the same way."""
    if not reason.strip():
        raise Refused("请写明为什么等不到下次会议。", field="urgent_reason")
    if is_approved(item):
        raise Refused(f"「{item}」已由书记批准为急件，不用再申请。")
    request = UrgentRequest.objects.create(
        committee=actor.committee,
        item=item,
        version=item.version,
        reason=reason.strip()[:500],
        asked_by=actor.person,
        asked_at=clock.now(),
    )
    audit(actor, "ask_urgent", item, reason=request.reason)
    return request
