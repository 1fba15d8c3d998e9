"""Send an item back to its unit (退回修改)."""

from agenda.items.models import Item
from agenda.items.policies import demand, may_send_back
from agenda.items.standing import standing_of
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.services import Refused, service
from common.workflow import demand_open, move


@service
def send_back(*, actor: Actor, item: Item, reason: str) -> Item:
    """秘书科 at any time before scheduling, a signer in his turn, 书记 while he is asked for urgency."""
    item = Item.objects.locked(item)
    demand(may_send_back(actor, item, standing_of(item)))
    demand_open(item, "send_back")
    if not reason.strip():
        raise Refused("退回须写明理由，让提报单位知道改什么。", field="reason")
    move(item, "send_back", actor=actor, reason=reason.strip()[:500], on_version=item.version.no)
    audit(actor, "send_back", item, reason=reason.strip())
    emit("item.returned", item, actor=actor, version=item.version.no)
    return item
