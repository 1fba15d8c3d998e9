"""Withdraw an item (撤回): it stays in the store with its number and its reason."""

from agenda.items.models import Item
from agenda.items.policies import demand, may_withdraw
from common.audit.log import audit
from common.identity.actor import Actor
from common.outbox.registry import emit
from common.services import Refused, service
from common.workflow import demand_open, move


@service
def withdraw_item(*, actor: Actor, item: Item, reason: str) -> Item:
    """By its unit, before it is on an agenda. What was signed stays on record and counts for nothing any more."""
    item = Item.objects.locked(item)
    demand(may_withdraw(actor, item))
    demand_open(item, "withdraw", because="列入会议的，请秘书科先移出议程。" if item.state == "scheduled" else "")
    if not reason.strip():
        raise Refused("撤回须写明理由。", field="reason")
    version = item.current_version
    move(item, "withdraw", actor=actor, reason=reason.strip()[:500], on_version=version.no if version else None)
    audit(actor, "withdraw_item", item, reason=reason.strip())
    emit("item.withdrawn", item, actor=actor)
    return item
